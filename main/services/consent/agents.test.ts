import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AgentOperations, TaskOperations } from '../../application/operations.ts';
import type { ProposedChange } from '../../contract/proposal.ts';
import { memoryApplication, type MemoryApplication } from '../../testing/memory-application.ts';

const claude = { name: 'Claude', version: '1.0' };
const draft = {
  name: 'Backup',
  schedule: 'every weekday at 9am',
  tool: 'shell:run',
  parameters: { command: 'print saved' },
};
const create = (change: Partial<typeof draft> = {}, more = {}): Extract<ProposedChange, { action: 'create' }> => ({
  ...{ action: 'create', draft: { ...draft, ...change, ...more }, validate: true, testRun: false },
});

let application: MemoryApplication;
let agents: AgentOperations;
let tasks: TaskOperations;
beforeEach(async () => {
  application = memoryApplication();
  agents = await application.agents();
  tasks = await application.tasks();
});
afterEach(() => application.dispose());

const proposed = async (change: ProposedChange, client = claude) => {
  const submitted = await agents.submit(change, client);
  if (submitted.kind === 'done') throw new Error('it was done at once');
  return submitted.proposal;
};
const existing = async (author = 'window') => (await tasks.create(draft, author)).task;
const code = (word: string) => expect.objectContaining({ code: word }) as unknown;

describe('a change of an unknown agent', () => {
  it('is pending, and nothing has changed', async () => {
    const proposal = await proposed(create());
    expect(proposal).toMatchObject({ state: 'pending', client: 'Claude', version: '1.0', title: 'Create "Backup"' });
    expect(tasks.list()).toEqual([]);
    expect(agents.proposals.waiting()).toMatchObject([{ id: proposal.id, title: 'Create "Backup"' }]);
  });

  it('shows what it would do', async () => {
    const { preview } = await agents.proposals.view((await proposed(create())).id);
    expect(preview).toMatchObject({
      schedule: { sentence: expect.stringMatching(/9:00/) as string, timezone: 'UTC' },
      nextRuns: { length: 5, 0: '2026-11-24T09:00:00.000Z' },
      command: 'print saved',
      changedMeanwhile: false,
      problem: null,
    });
    expect(preview?.differences).toContainEqual({ field: 'Command', before: null, after: 'print saved' });
  });

  it('shows what a run would execute, if no field differs', async () => {
    const env = { PATH: '/usr/bin' };
    const { task } = await tasks.create({ ...draft, env, workingDirectory: '/tmp' }, 'window');
    const { preview } = await agents.proposals.view((await proposed({ action: 'trigger', taskId: task.id })).id);
    expect(preview?.differences).toEqual([]);
    expect(preview?.unchanged).toEqual(
      expect.arrayContaining([
        { field: 'Command', text: 'print saved' },
        { field: 'Working directory', text: '/tmp' },
        { field: 'Environment', text: 'PATH=/usr/bin' },
      ]),
    );
  });

  it('is refused at once if it can never be applied', async () => {
    await expect(agents.submit(create({ tool: 'nowhere:tool' }), claude)).rejects.toThrow(/nowhere/);
    await expect(agents.submit(create({ schedule: 'now and then' }), claude)).rejects.toThrow();
    await expect(agents.submit({ action: 'delete', taskId: 'x' }, claude)).rejects.toEqual(code('task/not-found'));
    expect(agents.proposals.waiting()).toEqual([]);
  });

  it('makes one proposal when asked for twice', async () => {
    const first = await proposed(create());
    const again = await proposed({ ...create(), draft: Object.fromEntries(Object.entries(draft).reverse()) as never });
    expect(again.id).toBe(first.id);
    expect((await proposed(create({ name: 'Other' }))).id).not.toBe(first.id);
  });

  it('makes characters visible that hide or reorder text', async () => {
    const { id, title } = await proposed(
      create({ name: 'Tidy\u202e\nup', parameters: { command: 'rm -rf ~ #\u202e sl\u200b' } }),
    );
    expect(title).toBe('Create "Tidy\\u202e\\nup"');
    expect((await agents.proposals.view(id)).preview?.command).toBe('rm -rf ~ #\\u202e sl\\u200b');
  });
});

describe('approving', () => {
  it("applies the change in the agent's name, with the person on record", async () => {
    const { id } = await proposed(create());
    const { proposal } = await agents.proposals.approve(id, 'window');
    const [task] = tasks.list();
    expect(task).toMatchObject({ name: 'Backup', status: 'active', createdBy: 'mcp:Claude@1.0' });
    expect(proposal).toMatchObject({ state: 'applied', decidedBy: 'window', taskId: task?.id });
    expect(application.ledger.auditTrail(task?.id ?? '')).toMatchObject([
      { author: 'mcp:Claude@1.0', action: 'task.create' },
      { author: 'window', action: 'agent.approve', after: { client: 'Claude', proposal: id } },
    ]);
    expect(application.os.installed.size).toBe(1);
    expect(agents.proposals.waiting()).toEqual([]);
  });

  it('applies the change once if two approve it at the same time', async () => {
    const { id } = await proposed(create());
    const [first, second] = await Promise.allSettled([
      agents.proposals.approve(id, 'window'),
      agents.proposals.approve(id, 'cli'),
    ]);
    expect([first.status, second.status].sort()).toEqual(['fulfilled', 'rejected']);
    expect(tasks.list()).toHaveLength(1);
    expect(() => agents.proposals.reject(id, 'cli')).toThrow(code('agent/proposal-decided'));
  });

  it.each<[string, (taskId: string) => ProposedChange, object]>([
    ['update', (taskId) => ({ action: 'update', taskId, change: { name: 'New' }, validate: true }), { name: 'New' }],
    ['pause', (taskId) => ({ action: 'pause', taskId, note: 'enough' }), { status: 'paused', pauseNote: 'enough' }],
  ])('applies an approved change: %s', async (_, change, after) => {
    const task = await existing();
    await agents.proposals.approve((await proposed(change(task.id))).id, 'cli');
    expect((await tasks.get(task.id)).task).toMatchObject(after);
  });

  it('runs a task only after approval, and tells the agent which run it was', async () => {
    const task = await existing();
    const { id } = await proposed({ action: 'trigger', taskId: task.id });
    const runs = async () => (await application.executions()).list({ limit: 10, offset: 0 }).total;
    expect(await runs()).toBe(0);
    const { proposal } = await agents.proposals.approve(id, 'window');
    expect(await runs()).toBe(1);
    expect(proposal.executionId).not.toBeNull();
  });

  it('makes the test run only after approval, and keeps the task only if it succeeds', async () => {
    const { id } = await proposed({ ...create({ parameters: { command: 'false' } }), testRun: true });
    await expect(agents.proposals.approve(id, 'window')).rejects.toEqual(code('execution/test-run-failed'));
    expect(tasks.list()).toEqual([]);
    expect(agents.proposals.get(id)).toMatchObject({
      state: 'failed',
      error: { code: 'execution/test-run-failed' },
    });
  });

  it('is refused if the task no longer exists', async () => {
    const task = await existing();
    const { id } = await proposed({ action: 'pause', taskId: task.id });
    await tasks.delete(task.id, 'window');
    expect((await agents.proposals.view(id)).preview?.problem).toMatch(/no task/);
    await expect(agents.proposals.approve(id, 'window')).rejects.toEqual(code('agent/proposal-outdated'));
  });

  it('is refused if the task changed meanwhile, until the person has seen the new difference', async () => {
    const task = await existing();
    const { id } = await proposed({ action: 'update', taskId: task.id, change: { name: 'New' }, validate: true });
    await tasks.update(task.id, { parameters: { command: 'print other' } }, 'window');
    const { preview } = await agents.proposals.view(id);
    expect(preview).toMatchObject({ changedMeanwhile: true, command: 'print other' });
    await expect(agents.proposals.approve(id, 'cli')).rejects.toEqual(code('agent/proposal-outdated'));
    await agents.proposals.approve(id, 'window', { basis: preview?.basis });
    expect((await tasks.get(task.id)).task).toMatchObject({ name: 'New', parameters: { command: 'print other' } });
  });

  it('is refused once the proposal has expired', async () => {
    const { id } = await proposed(create());
    application.clock.advance(7 * 24 * 3_600_000);
    await expect(agents.proposals.approve(id, 'window')).rejects.toEqual(code('agent/proposal-decided'));
    expect(agents.proposals.get(id).state).toBe('expired');
    expect(agents.proposals.waiting()).toEqual([]);
  });
});

describe('rejecting', () => {
  it("changes nothing, and keeps the person's note", async () => {
    const { id } = await proposed(create());
    expect(agents.proposals.reject(id, 'window', 'not at night')).toMatchObject({
      ...{ state: 'rejected', decidedBy: 'window', note: 'not at night' },
    });
    expect(tasks.list()).toEqual([]);
  });
});

describe('what a client may do', () => {
  it('is done at once if it is allowed', async () => {
    agents.clients.change('Claude', { permission: 'allow' }, 'window');
    expect(await agents.submit(create(), claude)).toMatchObject({ kind: 'done' });
    expect(tasks.list()).toHaveLength(1);
  });

  it('is limited to reading if its permission is read-only', async () => {
    agents.clients.change('Claude', { permission: 'read-only' }, 'window');
    await expect(agents.submit(create(), claude)).rejects.toEqual(code('agent/read-only'));
    expect(() => agents.clients.assertMayLook(claude)).not.toThrow();
  });

  it('ends when it is revoked, and its pending proposals are rejected', async () => {
    const { id } = await proposed(create());
    expect(agents.revoke('Claude', 'window')).toMatchObject({ rejected: 1, client: { pending: 0 } });
    expect(agents.proposals.get(id).state).toBe('rejected');
    expect(() => agents.clients.assertMayLook(claude)).toThrow(code('agent/revoked'));
    agents.clients.change('Claude', { maxTasks: 3 }, 'window');
    expect(() => agents.clients.assertMayLook(claude)).toThrow(code('agent/revoked'));
    agents.clients.change('Claude', { permission: 'ask' }, 'window');
    expect(() => agents.clients.assertMayLook(claude)).not.toThrow();
  });

  it('is undone as a whole, without later changes by others', async () => {
    agents.clients.change('Claude', { permission: 'allow' }, 'window');
    const mine = await existing();
    await agents.submit({ action: 'update', taskId: mine.id, change: { name: 'Theirs' }, validate: true }, claude);
    await agents.submit(create({ name: 'First' }), claude);
    await agents.submit(create({ name: 'Second' }), { ...claude, version: '2.0' });
    await agents.submit({ action: 'trigger', taskId: mine.id }, claude);
    const second = tasks.list().find(({ name }) => name === 'Second');
    await tasks.update(second?.id ?? '', { description: 'I use it now' }, 'window');
    const { undone, refused } = await agents.undo('Claude', 'window');
    expect([undone.length, refused.length]).toEqual([2, 1]);
    expect(tasks.list().map(({ name }) => name)).toEqual(['Backup', 'Second']);
    await expect(agents.undo('Nobody', 'window')).rejects.toEqual(code('agent/not-found'));
  });

  it('is limited in tasks, including proposed ones', async () => {
    agents.clients.change('Claude', { permission: 'allow', maxTasks: 2 }, 'window');
    await agents.submit(create(), claude);
    agents.clients.change('Claude', { permission: 'ask' }, 'window');
    const { id } = await proposed(create({ name: 'Second' }));
    await expect(agents.submit(create({ name: 'Third' }), claude)).rejects.toEqual(code('agent/task-limit'));
    agents.clients.change('Claude', { maxTasks: 1 }, 'window');
    await expect(agents.proposals.approve(id, 'window')).rejects.toEqual(code('agent/task-limit'));
    expect(agents.clients.get('Claude')).toMatchObject({ tasks: 1, pending: 1 });
  });

  it('is limited in runs per hour, over all its versions', async () => {
    const task = await existing();
    agents.clients.change('Claude', { permission: 'allow', runsPerHour: 2 }, 'window');
    const trigger = (version: string) => agents.submit({ action: 'trigger', taskId: task.id }, { ...claude, version });
    await trigger('1.0');
    await trigger('2.0');
    await expect(trigger('1.0')).rejects.toEqual(code('agent/run-limit'));
    application.clock.advance(3_600_001);
    await expect(trigger('1.0')).resolves.toMatchObject({ kind: 'done' });
  });

  it('is listed with its activity and its defaults', async () => {
    await proposed(create());
    agents.clients.change('Cursor', { permission: 'read-only' }, 'cli');
    expect(agents.clients.list()).toMatchObject([
      { name: 'Claude', version: '1.0', permission: 'ask', decided: false, pending: 1, tasks: 0, maxTasks: 50 },
      { name: 'Cursor', version: null, permission: 'read-only', decided: true, pending: 0 },
    ]);
    expect(() => agents.clients.get('constructor')).toThrow(code('agent/not-found'));
  });

  it('is limited in pending proposals', async () => {
    for (let n = 0; n < 50; n += 1) await proposed(create({ name: `Task ${n}` }));
    await expect(agents.submit(create({ name: 'One more' }), claude)).rejects.toEqual(code('agent/too-many-proposals'));
    await expect(agents.submit(create({ name: 'Task 7' }), claude)).resolves.toMatchObject({ kind: 'waits' });
  });
});
