import { afterEach, describe, expect, test } from 'vitest';
import type { IpcCall, IpcInput, IpcOutput } from '../../contract/ipc.ts';
import { SchedulerError } from '../../domain/errors.ts';
import { fakeClock, type FakeClock } from '../fake-clock.ts';
import { openMemoryWindow, type MemoryWindow } from './memory-window.ts';
import type { Scenario } from './scenarios.ts';

let window: MemoryWindow;
let clock: FakeClock;
afterEach(() => window.close());

async function open(scenario: Scenario): Promise<void> {
  clock = fakeClock('2026-11-25T10:41:20.000Z');
  window = await openMemoryWindow(scenario, clock);
}

async function call<C extends IpcCall>(name: C, input: IpcInput<C>): Promise<IpcOutput<C>> {
  const answer = await window.bridge.call(name, input);
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value;
}

describe('the scenarios', () => {
  test('empty has nothing', async () => {
    await open('empty');
    const { tasks, timings, executions, waiting, store } = await call('app.snapshot', {});
    expect({ tasks, timings, executions, waiting }).toEqual({ tasks: [], timings: [], executions: [], waiting: [] });
    expect(store).toMatchObject({ state: 'ok', path: '/home/ada/.ncp/scheduler/schedule.json' });
  });

  test('typical has past runs, a current run, a paused task, a history and tools', async () => {
    await open('typical');
    const { tasks, executions, app } = await call('app.snapshot', {});
    expect(tasks).toHaveLength(7);
    expect(app.timezone).toBe('Europe/Berlin');
    expect(tasks.find(({ status }) => status === 'paused')).toMatchObject({ name: 'Sync music library' });
    expect(executions.filter(({ status }) => status === 'running')).toHaveLength(1);
    const { changes } = await call('history.list', { taskId: tasks[0]?.id });
    expect(changes.map(({ author }) => author)).toEqual(['cli', 'window', 'mcp:claude-desktop@1.2.0', 'migration']);
    const { tools, unavailable } = await call('tools.list', {});
    expect(tools.map(({ tool }) => tool)).toContain('filesystem:directory_tree');
    expect(unavailable).toEqual([]);
    const { opened } = await call('transfer.open', {});
    expect(opened?.report.changes.map(({ action }) => action)).toEqual(['add', 'add', 'add', 'skip', 'refused']);
  });

  test('agents has runs of an AI agent with each outcome that a person must see', async () => {
    await open('agents');
    const { executions } = await call('app.snapshot', {});
    const runs = executions.filter(({ tool }) => tool === 'agent:run');
    const codes = runs.map(({ error }) => error?.code ?? null);
    expect(codes.sort()).toEqual(['agent/needs-permission', 'agent/signed-out', null]);
  });

  test('sign-ins has a server in each state of a sign-in', async () => {
    await open('sign-ins');
    const { signIns } = await call('servers.signIns', {});
    const states = signIns.map(({ server, state }) => `${server} ${state}`);
    expect(states).toEqual(['asana none', 'linear waiting', 'notion expired', 'sentry signed-in', 'vercel none']);
  });

  test('calendars has a calendar that cannot be read', async () => {
    await open('calendars');
    const { calendars } = await call('calendars.list', {});
    expect(calendars.filter(({ problem }) => problem !== null).map(({ name }) => name)).toEqual(['school']);
  });

  test('names has failures and a current run of tasks with names in other scripts', async () => {
    await open('names');
    const { executions } = await call('app.snapshot', {});
    const named = (status: string) => executions.filter((run) => run.status === status).map(({ taskName }) => taskName);
    expect(named('running')).toEqual(['備份家庭照片到網路儲存裝置']);
    expect(new Set(named('failure'))).toContain('גיבוי של backup.tar.gz לשרת NAS');
  });

  test('on-demand has two tasks without a schedule', async () => {
    await open('on-demand');
    const { tasks } = await call('app.snapshot', {});
    expect(tasks.filter(({ timingId }) => timingId === 'on-demand')).toHaveLength(2);
  });

  test('full has as many tasks and runs as the window must handle', async () => {
    await open('full');
    const { tasks, timings, waiting } = await call('app.snapshot', {});
    expect(tasks.length).toBeGreaterThan(800);
    expect(timings.length).toBeGreaterThan(200);
    expect(timings.filter(({ osEntry }) => osEntry.state === 'missing')).toEqual([]);
    expect(waiting).toHaveLength(5);
    expect((await call('executions.list', {})).total).toBeGreaterThan(5000);
    // Takes two seconds alone, and longer when other tests run at the same time.
  }, 60_000);

  test('error has everything that can go wrong', async () => {
    await open('error');
    const { timings, waiting, store, paused } = await call('app.snapshot', {});
    expect(store.state).toBe('read-only');
    expect(paused).toMatchObject({ note: 'moving house' });
    expect(waiting.map(({ title }) => title)).toEqual(['Create "Back up notes"', 'Change "Sync photos"']);
    const states = timings.map(({ osEntry }) => osEntry.state);
    expect(states).toEqual(expect.arrayContaining(['missing', 'drifted', 'installed']));
    expect((await call('legacy.list', {})).entries).toHaveLength(1);
    expect((await call('tools.list', {})).unavailable).toMatchObject([{ server: 'github' }]);
    const { backups } = await call('backups.list', {});
    expect(backups.map(({ tasks }) => tasks !== null)).toEqual([true, true, false, true, true]);
    await expect(call('executions.list', {})).rejects.toThrow('damaged');
  });
});

describe('the bridge', () => {
  test('returns the error of a broken call until `restoreCall`', async () => {
    await open('empty');
    window.bridge.breakCall('tools.list', new SchedulerError('mcp/gone', 'Not now.'));
    expect(await window.bridge.call('tools.list', {})).toMatchObject({ ok: false, error: { code: 'mcp/gone' } });
    window.bridge.restoreCall('tools.list');
    expect(await window.bridge.call('tools.list', {})).toMatchObject({ ok: true });
    expect(window.bridge.calls.map(({ name }) => name)).toEqual(['tools.list', 'tools.list']);
  });

  test('sends no event that violates the contract', async () => {
    await open('empty');
    expect(() => window.bridge.emit('logs.grew', { executionId: 'one', size: 0.5 })).toThrow();
  });

  test('combines changes of the schedule into one event', async () => {
    await open('typical');
    const changes: string[][] = [];
    await call('app.snapshot', {});
    const stop = window.bridge.on('schedule.changed', ({ tasks }) =>
      changes.push(tasks.changed.map(({ name }) => name)),
    );
    const draft = { schedule: 'every day at 9am', tool: 'shell:run', parameters: { command: 'true' } };
    await call('tasks.create', { ...draft, name: 'One' });
    await call('tasks.create', { ...draft, name: 'Two' });
    clock.advance(100);
    await new Promise((resolve) => setImmediate(resolve));
    stop();
    expect(changes).toEqual([['One', 'Two']]);
  });
});
