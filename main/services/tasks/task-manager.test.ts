import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TaskDraftInput } from '../../contract/task.ts';
import type { TaskOperations } from '../../application/operations.ts';
import { memoryApplication, type MemoryApplication } from '../../testing/memory-application.ts';

let application: MemoryApplication;
let tasks: TaskOperations;
beforeEach(async () => {
  application = memoryApplication();
  tasks = await application.tasks();
});
afterEach(() => application.dispose());

const draft = (change: Partial<TaskDraftInput> = {}): TaskDraftInput => ({
  name: 'Backup',
  schedule: '0 9 * * *',
  timezone: 'UTC',
  tool: 'shell:run',
  parameters: { command: 'true' },
  ...change,
});
const groups = (): Record<string, readonly string[]> =>
  Object.fromEntries(Object.values(application.store.read().timings).map(({ id, taskIds }) => [id, taskIds]));

describe('a task that ran after another one', () => {
  it('can still be changed after that one is deleted, but cannot be chained to another missing task', async () => {
    const first = await tasks.create(draft({ name: 'First' }), 'test');
    const after = [{ taskId: first.task.id, on: 'success' as const }];
    await tasks.create(draft({ name: 'Follower', policies: { after } }), 'test');
    await tasks.delete(first.task.id, 'test');
    const { task } = await tasks.update('Follower', { description: 'still here' }, 'test');
    expect(task.description).toBe('still here');
    const policies = { after: [{ taskId: 'nobody', on: 'end' as const }] };
    await expect(tasks.update('Follower', { policies }, 'test')).rejects.toMatchObject({ code: 'task/invalid' });
  });
});

it('a request that can never be sent is refused when it is saved', async () => {
  const parameters = { url: 'https://example.org/', body: { a: 1 } };
  await expect(tasks.create(draft({ tool: 'http:request', parameters }), 'test')).rejects.toMatchObject({
    code: 'task/invalid',
    message: expect.stringContaining('parameter "body" is not possible with GET') as string,
  });
});

describe('a task that gives its agent an MCP server', () => {
  const agent = (...mcpServers: string[]) => ({ agent: 'claude-code', prompt: 'Tidy up', mcpServers });
  const refusal = {
    code: 'task/invalid',
    message: expect.stringContaining('parameter "mcpServers" has "nowhere", which is not a configured') as string,
    details: { fields: [{ field: 'parameters.mcpServers', message: expect.any(String) as string }] },
  };

  it('is refused when it is saved or changed, if the server is not configured', async () => {
    const unknown = draft({ tool: 'agent:run', parameters: agent('filesystem', 'nowhere') });
    await expect(tasks.create(unknown, 'test')).rejects.toMatchObject(refusal);
    await tasks.create(draft({ tool: 'agent:run', parameters: agent('filesystem') }), 'test');
    await expect(tasks.update('Backup', { parameters: agent('nowhere') }, 'test')).rejects.toMatchObject(refusal);
    expect((await tasks.get('Backup')).task.parameters).toEqual(agent('filesystem'));
  });

  it('is saved with a warning for a secret of the server that is missing', async () => {
    application.settings.update({ mcpServers: { github: { command: 'gh', env: { TOKEN: '${secret:GITHUB}' } } } });
    const { warnings } = await tasks.create(draft({ tool: 'agent:run', parameters: agent('github') }), 'test');
    expect(warnings).toContainEqual(expect.stringContaining('not stored yet: "GITHUB"'));
  });
});

describe('a task that refers to a secret', () => {
  const env = { KEY: '${secret:KEY}' };
  const withSecrets = draft({ parameters: { command: 'curl -H "X: ${secret:TOKEN}" "${secret:KEY}"' }, env });

  it('is saved with a warning that names each missing secret once', async () => {
    const { warnings } = await tasks.create(withSecrets, 'test');
    expect(warnings).toContainEqual(
      expect.stringMatching(/secrets are not stored yet: "TOKEN", "KEY"\. Runs fail until/),
    );
    const { warnings: later } = await tasks.update('Backup', { description: 'x' }, 'test');
    expect(later).toContainEqual(expect.stringContaining('"TOKEN", "KEY"'));
  });

  it('is saved without a warning if all are stored', async () => {
    const secrets = await application.secrets();
    for (const name of ['TOKEN', 'KEY']) secrets.set(name, 'value');
    expect((await tasks.create(withSecrets, 'test')).warnings).toEqual([]);
  });
});

describe('timing groups', () => {
  it('hold all tasks with the same canonical schedule', async () => {
    const one = await tasks.create(draft({ schedule: '0 9 * * 7' }), 'test');
    const two = await tasks.create(draft({ name: 'Two', schedule: '0 9 * * sun' }), 'test');
    expect(groups()).toEqual({ [one.timing.id]: [one.task.id, two.task.id] });
  });

  it('differ by time zone', async () => {
    await tasks.create(draft(), 'test');
    await tasks.create(draft({ name: 'Tokyo', timezone: 'Asia/Tokyo' }), 'test');
    expect(Object.keys(groups())).toEqual(['daily-9am', 'daily-9am-asia-tokyo']);
  });

  it('are removed with their last task, and so is their OS entry', async () => {
    const { task } = await tasks.create(draft(), 'test');
    expect([...application.os.installed.keys()]).toEqual(['daily-9am']);
    await tasks.delete(task.id, 'test');
    expect(groups()).toEqual({});
    expect([...application.os.installed.keys()]).toEqual([]);
  });

  it('are left and joined when the schedule changes', async () => {
    const { task } = await tasks.create(draft(), 'test');
    await tasks.update(task.id, { schedule: 'every 5 minutes' }, 'test');
    expect(groups()).toEqual({ 'every-5min': [task.id] });
    expect([...application.os.installed.keys()]).toEqual(['every-5min']);
  });

  it('keep no OS entry while all their tasks are paused', async () => {
    const { task } = await tasks.create(draft(), 'test');
    await tasks.pause(task.id, {}, 'test');
    expect([...application.os.installed.keys()]).toEqual([]);
    expect((await tasks.timings())[0]?.osEntry.state).toBe('not-needed');
    await tasks.resume(task.id, 'test');
    expect([...application.os.installed.keys()]).toEqual(['daily-9am']);
  });
});

describe('a task that cannot be saved', () => {
  it.each([
    ['no name', { name: ' ' }, 'task/invalid'],
    ['a tool that is no tool', { tool: 'shell' }, 'task/invalid'],
    ['a server that is not configured', { tool: 'nowhere:run' }, 'task/invalid'],
    ['a folder that is not there', { workingDirectory: '/missing/folder' }, 'task/invalid'],
    ['an unknown time zone', { timezone: 'Europe/Atlantis' }, 'schedule/unknown-time-zone'],
    ['a date that never comes', { schedule: '0 0 31 2 *' }, 'schedule/never-fires'],
    ['words that mean nothing', { schedule: 'every blue moon' }, 'schedule/not-understood'],
  ] as const)('names what is wrong: %s', async (_what, change, code) => {
    await expect(tasks.create(draft(change), 'test')).rejects.toMatchObject({ code });
    expect(application.store.read().tasks).toEqual({});
  });

  it('is not partly created when the OS scheduler refuses', async () => {
    application.os.refuse('the disk is full');
    await expect(tasks.create(draft(), 'test')).rejects.toMatchObject({ code: 'os/refused' });
    expect(application.store.read()).toMatchObject({ tasks: {}, timings: {} });
  });

  it('stays unchanged when the OS scheduler refuses a change', async () => {
    const { task } = await tasks.create(draft(), 'test');
    application.os.refuse('the disk is full');
    await expect(tasks.update(task.id, { schedule: 'every 5 minutes' }, 'test')).rejects.toMatchObject({
      code: 'os/refused',
    });
    expect(groups()).toEqual({ 'daily-9am': [task.id] });
  });
});

describe('changes', () => {
  it('clear a field by null and leave the others', async () => {
    const { task } = await tasks.create(draft({ description: 'nightly', tags: ['home'] }), 'test');
    const changed = (await tasks.update(task.id, { description: null }, 'test')).task;
    expect(changed.description).toBeUndefined();
    expect(changed.tags).toEqual(['home']);
  });

  it('are kept with their author', async () => {
    const { task } = await tasks.create(draft(), 'cli');
    await tasks.pause(task.id, { note: 'later' }, 'window');
    const trail = application.ledger.auditTrail(task.id).map(({ author, action }) => [author, action]);
    expect(trail).toEqual([
      ['cli', 'task.create'],
      ['window', 'task.pause'],
    ]);
  });

  it('account for the slots that passed while a task was paused', async () => {
    const { task } = await tasks.create(draft({ schedule: '* * * * *' }), 'test');
    await tasks.pause(task.id, {}, 'test');
    application.clock.advance(3 * 60_000);
    await tasks.resume(task.id, 'test');
    const slots = application.ledger.slots(task.id, '2026-01-01T00:00:00.000Z');
    expect(slots.map(({ reason }) => reason)).toEqual(['paused', 'paused', 'paused']);
  });

  it('skip the next slot, and with a second call the one after it', async () => {
    const { task } = await tasks.create(draft({ schedule: '* * * * *' }), 'test');
    await tasks.skipNext(task.id, 'test');
    const { task: skipped } = await tasks.skipNext(task.id, 'test');
    expect(skipped.skipUntil).toBe('2026-11-23T12:02:00.000Z');
  });
});

describe('finding a task', () => {
  it('accepts an id, or a name in any case that only one task has', async () => {
    const { task } = await tasks.create(draft(), 'test');
    expect((await tasks.get('backup')).task.id).toBe(task.id);
    await tasks.create(draft(), 'test');
    await expect(tasks.get('Backup')).rejects.toMatchObject({ code: 'task/ambiguous' });
    await expect(tasks.get('Nobody')).rejects.toMatchObject({ code: 'task/not-found' });
  });
});
