import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cliFor, runJson, runLine, shell } from '../../testing/cli-harness.ts';
import { memoryApplication } from '../../testing/memory-application.ts';
import type { MemoryApplication } from '../../testing/memory-application.ts';

let application: MemoryApplication;
beforeEach(() => {
  application = memoryApplication();
});
afterEach(() => application.dispose());
const { ok, fails, create } = cliFor(() => application);

describe('running', () => {
  it('reports the outcome in the exit code', async () => {
    await create('Good');
    await create('Bad', 'false');
    expect((await ok('trigger', 'Good')).execution).toMatchObject({ status: 'success', trigger: 'manual', slot: null });
    const { code, answer } = await runJson(application, ['trigger', 'Bad']);
    expect(code).toBe(1);
    expect(answer).toMatchObject({ ok: true, execution: { status: 'failure', exitCode: 1 } });
    expect(await fails('trigger', 'Nobody')).toMatchObject({ code: 3 });
  });

  it('cancels its own run when it is asked to stop', async () => {
    await create('Long', 'sleep');
    const stop = new AbortController();
    const run = runJson(application, ['trigger', 'Long'], { stop: stop.signal });
    await expect.poll(() => application.ledger.running().length).toBe(1);
    stop.abort();
    expect(await run).toMatchObject({ code: 1, answer: { execution: { status: 'cancelled' } } });
  });

  it('cancels a run by its id', async () => {
    await create('Long', 'sleep');
    const run = runJson(application, ['trigger', 'Long']);
    await expect.poll(() => application.ledger.running().length).toBe(1);
    const id = application.ledger.running()[0]?.execution.executionId ?? '';
    const cancelling = ok('cancel', id);
    const ticking = setInterval(() => application.clock.advance(1000), 5);
    expect((await cancelling).execution.status).toBe('cancelled');
    clearInterval(ticking);
    expect((await run).code).toBe(1);
    expect(await fails('cancel', id)).toMatchObject({ code: 2, error: { code: 'execution/not-running' } });
    expect(await fails('cancel', 'nothing')).toMatchObject({ code: 3 });
  });

  it('hands the run over to a running primary', async () => {
    const { task } = await create('Elsewhere');
    const calls: unknown[] = [];
    const execution = { ...(await ok('trigger', 'Elsewhere')).execution, executionId: 'remote' };
    application.setPrimary({
      primary: { pid: 1, version: '1.2.3' },
      call: (method, params) => {
        calls.push([method, params]);
        const answer = method === 'timing.run' ? { timingId: task.timingId, executions: [execution] } : { execution };
        return Promise.resolve(answer as never);
      },
      lost: false,
      close: () => undefined,
    });
    expect((await ok('trigger', 'Elsewhere')).execution.executionId).toBe('remote');
    await ok('trigger', 'Elsewhere', '--no-wait');
    await ok('cancel', 'remote');
    await ok('_timing-run', task.timingId, '--slot', '2026-11-24T09:00:00.000Z');
    expect(calls).toEqual([
      ['task.trigger', { taskId: task.id, wait: true, test: false }],
      ['task.trigger', { taskId: task.id, wait: false, test: false }],
      ['execution.cancel', { executionId: 'remote' }],
      ['timing.run', { timingId: task.timingId, slot: '2026-11-24T09:00:00.000Z' }],
    ]);
  });

  it('fires a group: silent if nothing is due, once per slot, exit code 1 if a task failed', async () => {
    const { task } = await create('Good');
    expect(await runLine(application, ['_timing-run', task.timingId])).toEqual({ code: 0, stdout: '', stderr: '' });
    application.clock.set('2026-11-24T09:00:01.000Z');
    const fired = await ok('_timing-run', task.timingId, '--slot', '2026-11-24T09:00:00.000Z');
    expect(fired.executions).toMatchObject([
      { slot: '2026-11-24T09:00:00.000Z', trigger: 'schedule', status: 'success' },
    ]);
    expect((await ok('_timing-run', task.timingId, '--slot', '2026-11-24T09:00:00.000Z')).executions).toEqual([]);
    await create('Bad', 'false');
    application.clock.set('2026-11-25T09:00:01.000Z');
    expect((await runJson(application, ['_timing-run', task.timingId])).code).toBe(1);
    expect(await fails('_timing-run', 'no-such-group')).toMatchObject({ code: 3, error: { code: 'timing/not-found' } });
    expect((await ok('_task-execute', 'Good')).execution.status).toBe('success');
  });
});

describe('reporting what happened', () => {
  it('lists runs, newest first, also those of a deleted task', async () => {
    const { task } = await create('Good');
    await create('Bad', 'false');
    await ok('trigger', 'Good');
    application.clock.advance(60_000);
    await runJson(application, ['trigger', 'Bad']);
    expect((await ok('runs')).executions.map(({ taskName }) => taskName)).toEqual(['Bad', 'Good']);
    expect(await ok('runs', '--limit', '1')).toMatchObject({ total: 2, executions: [{ taskName: 'Bad' }] });
    expect((await ok('runs', '--status', 'failure')).total).toBe(1);
    expect((await ok('runs', '--since', '30s')).total).toBe(1);
    expect((await ok('runs', '--trigger', 'manual')).total).toBe(2);
    expect((await ok('runs', '--trigger', 'schedule')).total).toBe(0);
    expect((await ok('runs', '--task', 'Good')).total).toBe(1);
    await ok('delete', 'Good');
    expect((await ok('runs', '--task', task.id)).total).toBe(1);
    expect(await fails('runs', '--task', 'Nobody')).toMatchObject({ code: 3 });
    expect(await fails('runs', '--limit', '0')).toMatchObject({ code: 2 });
  });

  it('prints a log byte for byte, and as JSON', async () => {
    await create('Say', 'print \u001b[31mred\u001b[0m \u001b]0;title\u0007 done');
    const { execution } = await ok('trigger', 'Say');
    const bytes = '\u001b[31mred\u001b[0m \u001b]0;title\u0007 done\n';
    expect((await runLine(application, ['log', execution.executionId])).stdout).toBe(bytes);
    expect((await runLine(application, ['log', execution.executionId, '--follow'])).stdout).toBe(bytes);
    expect(await ok('log', execution.executionId)).toEqual({
      executionId: execution.executionId,
      log: bytes,
      truncated: false,
    });
    const terminal = await runLine(application, ['log', execution.executionId], { isTerminal: true });
    expect(terminal.stdout).toBe('\u001b[31mred\u001b[0m \\u001b]0;title\\u0007 done\n\u001b[0m');
    expect(await fails('log', 'nothing')).toMatchObject({ code: 3, error: { code: 'execution/not-found' } });
  });

  it('accounts for every slot', async () => {
    const { task } = await create('Backup');
    application.clock.set('2026-11-24T09:00:10.000Z');
    await ok('_timing-run', task.timingId);
    await ok('pause', 'Backup', '--note', 'away');
    application.clock.set('2026-11-25T12:00:00.000Z');
    await ok('resume', 'Backup');
    application.clock.set('2026-11-26T09:00:30.000Z');
    const { slots } = await ok('why', 'Backup', '--since', '5d');
    expect(slots.map(({ slot, state, reason, detail }) => [slot, state, reason, detail])).toEqual([
      ['2026-11-24T09:00:00.000Z', 'claimed', null, null],
      ['2026-11-25T09:00:00.000Z', 'skipped', 'paused', 'away'],
      ['2026-11-26T09:00:00.000Z', 'due', null, null],
    ]);
    application.clock.set('2026-11-26T18:00:00.000Z');
    expect((await ok('why', 'Backup')).slots.at(-1)).toMatchObject({ state: 'unaccounted', reason: 'missed' });
    expect(await fails('why', 'Nobody')).toMatchObject({ code: 3 });
    const { stdout } = await runLine(application, ['why', 'Backup', '--since', '5d']);
    expect(stdout).toMatch(/success +run id-/);
    expect(stdout).toContain('the task was paused: away');
    expect(stdout).toMatch(/unaccounted +missed: the scheduler was not running, and catch-up is off\n/);
  });
});

describe('time', () => {
  it('parses phrases with or without quotes', async () => {
    const quoted = await ok('parse', 'every weekday at 9am', '--timezone', 'Europe/Paris');
    expect(quoted).toMatchObject({ kind: 'cron', cron: '0 9 * * 1-5', timezone: 'Europe/Paris', runAt: null });
    expect(await ok('parse', 'every', 'weekday', 'at', '9am', '--timezone', 'Europe/Paris')).toEqual(quoted);
    const once = await ok('parse', '2027-01-01T10:00:00Z', '--now', '2026-12-31T00:00:00Z');
    expect(once).toMatchObject({ kind: 'once', runAt: '2027-01-01T10:00:00.000Z', cron: null });
    const { code, error } = await fails('parse', 'every blue moon');
    expect({ code, error: error.code }).toEqual({ code: 2, error: 'schedule/not-understood' });
    expect(error.details['unused']).toBeInstanceOf(Array);
    expect(error.details['suggestions']).toBeInstanceOf(Array);
  });

  it('lists the next slots strictly after an instant', async () => {
    const argv = ['--cron', '0 9 * * *', '--timezone', 'UTC', '--from', '2026-12-03T09:00:00.000Z', '--count', '2'];
    expect((await ok('next', ...argv)).slots).toEqual(['2026-12-04T09:00:00.000Z', '2026-12-05T09:00:00.000Z']);
    const { task } = await create('Backup');
    expect((await ok('next', task.timingId)).slots).toHaveLength(5);
    expect(await fails('next')).toMatchObject({ code: 2 });
    expect(await fails('next', 'no-group')).toMatchObject({ code: 3 });
    expect(await fails('next', '--cron', '0 0 9 * * *')).toMatchObject({
      code: 2,
      error: { code: 'schedule/seconds-not-supported' },
    });
  });
});

describe('the OS scheduler', () => {
  it('lists, previews and syncs', async () => {
    const { task } = await create('Backup');
    expect((await ok('os list')).entries).toMatchObject([{ timingId: task.timingId, state: 'installed' }]);
    application.os.installed.clear();
    expect((await ok('os sync', '--dry-run')).changes).toMatchObject([{ change: 'installed' }]);
    expect(application.os.installed.size).toBe(0);
    expect((await ok('os sync')).changes).toMatchObject([{ change: 'installed' }]);
    expect(await ok('os preview', '--kind', 'cron', '--cron', '0 9 * * 1-5')).toMatchObject({
      kind: 'cron',
      covers: 'exact',
    });
    application.os.refuse('no');
    const { code, answer } = await runJson(application, ['os', 'sync']);
    expect({ code, ok: answer.ok }).toEqual({ code: 5, ok: true });
    expect(await fails('os', 'preview', '--kind', 'vms', '--cron', '@daily')).toMatchObject({ code: 2 });
  });

  it('removes every entry, and nothing else, for an uninstall', async () => {
    await create('Backup');
    expect(application.os.installed.size).toBe(1);
    expect(await fails('os', 'remove')).toMatchObject({ code: 2, error: { code: 'usage/missing-argument' } });
    expect(application.os.installed.size).toBe(1);
    expect((await ok('os remove', '--all')).changes).toMatchObject([{ change: 'removed' }]);
    expect(application.os.installed.size).toBe(0);
    expect((await ok('list')).tasks).toHaveLength(1);
    expect((await ok('os remove', '--all')).changes).toEqual([]);
    expect((await ok('os sync')).changes).toMatchObject([{ change: 'installed' }]);
  });

  it('shows what the doctor finds', async () => {
    await ok('create', '--name', 'Backup', '--schedule', 'every day at 9am', ...shell('true'));
    application.os.installed.clear();
    const entry = (checks: readonly { id: string }[]) => checks.find(({ id }) => id === 'os/entry:daily-9am');
    expect(entry((await ok('doctor')).checks)).toMatchObject({ status: 'problem', fixable: true });
    expect((await runLine(application, ['doctor'])).stdout).toContain('(run `doctor --fix`)');
    expect(entry((await ok('doctor', '--fix')).checks)).toMatchObject({ status: 'ok', fixed: true });
  });
});

describe('tools and services', () => {
  it('runs our own tools in process, and passes others on', async () => {
    await create('Backup');
    expect(await ok('run', 'schedule:list', '--params', '{"status":"active"}')).toMatchObject({
      tasks: [{ name: 'Backup' }],
      total: 1,
    });
    expect(await ok('run', 'filesystem:list_directory', '--params', '{"path":"/tmp"}')).toMatchObject({
      content: [{ type: 'text', text: 'list_directory {"path":"/tmp"}' }],
    });
    expect(await fails('run', 'schedule:explode')).toMatchObject({ code: 2, error: { code: 'mcp/unknown-tool' } });
    expect(await fails('run', 'schedule:get', '--params', '{"job_id":"Nobody"}')).toMatchObject({ code: 3 });
    expect(await fails('run', 'schedule:get', '--params', '{"jobid":"x"}')).toMatchObject({
      code: 2,
      error: { code: 'usage/invalid-parameters' },
    });
  });

  it('serves in the foreground, one line per event', async () => {
    const stop = new AbortController();
    // `serve` sets its own time to stop once it is loaded, which takes longer on a busy machine than the usual time.
    const run = runLine(application, ['serve'], { stop: stop.signal, stopGraceMs: 60_000 });
    stop.abort();
    const { code, stdout } = await run;
    expect(code).toBe(0);
    const lines = stdout.trim().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { type: string }).type)).toEqual(['started', 'stopped']);
  });
});

describe('a doubtful run', () => {
  it('is a success that lists, counts and explains as doubtful', async () => {
    const { task } = await create('Doubtful', 'print ERROR: disk full');
    await create('Fine', 'print done');
    const { execution } = await ok('trigger', 'Doubtful');
    await ok('trigger', 'Fine');
    expect(execution).toMatchObject({ status: 'success', doubt: { line: 'ERROR: disk full' } });
    expect((await ok('runs', '--doubtful')).executions.map(({ taskName }) => taskName)).toEqual(['Doubtful']);
    expect((await ok('get', 'Doubtful')).task).toMatchObject({ lastStatus: 'success', lastDoubtful: true });
    expect((await runLine(application, ['list'])).stdout).toMatch(/Doubtful .* doubtful /);
    expect((await runLine(application, ['runs'])).stdout).toMatch(/ doubtful .*ERROR: disk full/);
    application.clock.set('2026-11-24T09:00:05.000Z');
    await (await application.runs()).fire(task.timingId, '2026-11-24T09:00:00.000Z');
    const why = await ok('why', 'Doubtful', '--since', '2026-11-24T00:00:00Z');
    expect(why.slots.map(({ detail }) => detail)).toContain(
      'doubtful: The output begins with an error: ERROR: disk full.',
    );
    expect(why.slots).toMatchObject([{ state: 'claimed', outcome: 'success' }]);
  });

  it('is none of a task that ignores doubts, or with the setting for all', async () => {
    await create('Ignored', 'print ERROR: disk full', '--doubt', 'ignore');
    await ok('trigger', 'Ignored');
    application.settings.update({ doubtfulRuns: 'ignore' });
    await create('Default', 'print ERROR: disk full');
    await ok('trigger', 'Default');
    expect((await ok('runs', '--doubtful')).executions).toEqual([]);
  });
});
