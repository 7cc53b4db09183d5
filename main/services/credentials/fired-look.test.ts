import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { scheduleKey } from '../../domain/timing/schedule-key.ts';
import type { TaskDraftInput } from '../../contract/task.ts';
import type { StatusCommand } from '../../ports/status-command.ts';
import { runLine } from '../../testing/cli-harness.ts';
import { memoryApplication, quietListener, type MemoryApplication } from '../../testing/memory-application.ts';

const minute = 60_000;
let application: MemoryApplication;
let asked: number;
let exitCode: number | null;
let announced: number;
beforeEach(() => {
  application = memoryApplication('2026-11-23T07:30:00.000Z');
  [asked, exitCode, announced] = [0, 1, 0];
  const statusCommand: StatusCommand = () => {
    asked += 1;
    return Promise.resolve(exitCode);
  };
  Object.assign(application.outside, { statusCommand });
});
afterEach(() => application.dispose());

const agent = { tool: 'agent:run', parameters: { agent: 'claude-code', prompt: 'Sum up' } };
const shell = { tool: 'shell:run', parameters: { command: 'true' } };

async function create(draft: Partial<TaskDraftInput>): Promise<string> {
  const base = { name: 'Digest', schedule: 'daily at 9', timezone: 'UTC', ...agent };
  const tasks = await application.tasks();
  return (await tasks.create({ ...base, ...draft }, 'test', { validate: false })).task.id;
}

/** Starts the program as the entry of a group does, with neither the app nor `serve` running. */
async function fire(at: string, group = 'daily-9am'): Promise<void> {
  application.clock.set(`2026-11-23T${at}.000Z`);
  const announceAttention = (): void => void (announced += 1);
  expect(await runLine(application, ['_timing-run', group], { announceAttention })).toMatchObject({ stderr: '' });
}
const attention = async (id: string) => (await (await application.tasks()).get(id)).task.attention ?? [];

describe('the entry of a group', () => {
  const keyOf = (group = 'daily-9am') => application.os.installed.get(group)?.key;

  it('also fires an hour before each slot if a task of the group may sign in, and only then', async () => {
    const id = await create(shell);
    expect(keyOf()).toBe('0 9 * * * UTC');
    const tasks = await application.tasks();
    await tasks.update(id, agent, 'test', { validate: false });
    expect(keyOf()).toBe('0 8,9 * * * UTC');
    await tasks.update(id, shell, 'test', { validate: false });
    expect(keyOf()).toBe('0 9 * * * UTC');
  });

  it('is as installed for the doctor, and is one entry', async () => {
    await create({});
    await create({ ...shell, name: 'Other' });
    const [check] = (await (await application.doctor()).diagnose()).filter(({ id }) => id === 'os/entry:daily-9am');
    expect(check?.message).toBe('Installed. It fires at each of the group’s next slots.');
    expect([...application.os.installed].map(([id, group]) => [id, scheduleKey(group.schedule)])).toEqual([
      ['daily-9am', '0 8,9 * * * UTC'],
    ]);
    await (await application.entries()).removeAll();
    expect(application.os.installed.size).toBe(0);
  });

  it('is shown by os preview, if asked for', async () => {
    const preview = ['os', 'preview', '--kind', 'systemd', '--cron', '0 9 * * *', '--timezone', 'UTC'];
    expect((await runLine(application, preview)).stdout).toContain('Fires exactly when the group is due.');
    expect((await runLine(application, [...preview, '--signs-in'])).stdout).toContain('and also at other times');
  });

  it.each([
    [0, '0 9 * * * UTC'],
    [30 * minute, '0 8,9 * * * UTC'],
    [3 * 60 * minute, '0 6,9 * * * UTC'],
  ])('follows the setting: %i ms', async (credentialCheckMs, key) => {
    application.settings.update({ credentialCheckMs });
    await create({});
    expect(keyOf()).toBe(key);
  });
});

describe('an entry that fires an hour before a slot', () => {
  it('tells once that a task cannot sign in, runs nothing, and sees at the slot that it can', async () => {
    const id = await create({});
    await fire('08:00:01');
    expect((await attention(id))[0]?.message).toContain('Claude Code is signed out. Sign in again: claude auth login');
    expect({ asked, announced }).toEqual({ asked: 1, announced: 1 });
    expect(application.ledger.list({ taskId: id, limit: 5, offset: 0 }).total).toBe(0);
    exitCode = 0;
    await fire('09:00:00');
    expect(await attention(id)).toEqual([]);
    expect(application.ledger.list({ taskId: id, limit: 5, offset: 0 }).total).toBe(1);
  });

  it('asks again only after half an hour, however often entries fire', async () => {
    await create({});
    for (const at of ['08:00:00', '08:01:00', '08:29:59']) await fire(at);
    expect(asked).toBe(1);
    await fire('08:30:00');
    expect(asked).toBe(2);
  });

  it('does not ask again before the same slot once the task could sign in', async () => {
    await create({});
    exitCode = 0;
    for (const at of ['08:00:00', '08:40:00']) await fire(at);
    expect({ asked, announced }).toEqual({ asked: 1, announced: 0 });
  });

  it('leaves it to the app to look for itself when it starts: a sign-in can expire meanwhile', async () => {
    const id = await create({});
    exitCode = 0;
    await fire('08:00:00');
    exitCode = 1;
    const primary = await application.lead({ listener: quietListener, show: () => undefined });
    primary.start();
    application.clock.advance(20_000);
    await vi.waitFor(async () => expect(await attention(id)).toHaveLength(1));
    await primary.stop();
  });

  it('finds the tasks of other groups, too, such as one that runs once', async () => {
    await create({ ...shell, name: 'Often', schedule: 'every 20 minutes' });
    const id = await create({ schedule: '2026-11-23T10:15:00Z' });
    await fire('09:00:00', 'every-20min');
    expect({ asked, attention: await attention(id) }).toEqual({ asked: 0, attention: [] });
    await fire('09:20:00', 'every-20min');
    expect({ announced, attention: (await attention(id)).length }).toEqual({ announced: 1, attention: 1 });
  });

  it('asks nobody about tasks that sign in nowhere', async () => {
    await create(shell);
    await fire('08:00:00');
    expect(asked).toBe(0);
  });
});
