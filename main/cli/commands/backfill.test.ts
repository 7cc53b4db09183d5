import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Execution } from '../../contract/execution.ts';
import type { CliResult } from '../../contract/cli.ts';
import { cliFor, runJson, runLine } from '../../testing/cli-harness.ts';
import { memoryApplication, type MemoryApplication } from '../../testing/memory-application.ts';

const at = (hour: number) => `2026-11-23T${String(hour).padStart(2, '0')}:30:00.000Z`;

let application: MemoryApplication;
let taskId: string;
beforeEach(async () => {
  application = memoryApplication('2026-11-23T06:00:00.000Z');
  taskId = await createHourly('Report', 'true');
  // Nothing was running between half past six and noon.
  application.clock.advance(6 * 3_600_000);
});
afterEach(() => application.dispose());
const { ok, fails } = cliFor(() => application);

async function createHourly(name: string, command: string, ...more: string[]): Promise<string> {
  const params = JSON.stringify({ command });
  const shell = ['--tool', 'shell:run', '--params', params];
  return (await ok('create', '--name', name, '--schedule', '30 * * * *', ...shell, ...more)).task.id;
}
const backfill = (...more: string[]) => ok('backfill', 'Report', '--yes', ...more);
const ran = ({ executions }: CliResult<'backfill'>) => executions.map(({ slot }) => slot);
const why = async (since = '12h') =>
  (await ok('why', 'Report', '--since', since)).slots.map(({ slot, state, reason }) => [slot, state, reason]);

describe('backfill', () => {
  it('runs each slot once, in order, with the time of the slot and a trigger of its own', async () => {
    const done = await backfill('--since', at(8));
    expect(ran(done)).toEqual([8, 9, 10, 11].map(at));
    expect(done.executions).toMatchObject(
      Array.from({ length: 4 }, () => ({ trigger: 'backfill', status: 'success', attempt: 1 })),
    );
    expect(done).toMatchObject({ next: null, dryRun: false, left: { ran: 0, notMissed: 0, unknown: 0 } });
    expect(await why()).toEqual([
      ...[6, 7].map((hour) => [at(hour), 'skipped', 'missed']),
      ...[8, 9, 10, 11].map((hour) => [at(hour), 'claimed', null]),
    ]);
  });

  it('says why there is nothing to run', async () => {
    const shell = ['--tool', 'shell:run', '--params', '{"command":"true"}'];
    await ok('create', '--name', 'Asked', '--on-demand', ...shell);
    const { code, error } = await fails('backfill', 'Asked', '--since', at(8));
    expect([code, error.message]).toEqual([
      2,
      '"Asked" runs only on demand, so it has no slots of the past. `trigger` runs it.',
    ]);
    await ok('create', '--name', 'Hello', '--schedule', 'at login', ...shell);
    expect((await ok('backfill', 'Hello', '--since', at(8))).hint).toMatch(
      /^An event has a slot only if it was noticed/,
    );
    expect((await ok('backfill', 'Report', '--since', '2026-11-23T11:45:00Z')).hint).toMatch(
      /^The task has no slot in this/,
    );
  });

  it('runs no slot a second time', async () => {
    await backfill('--since', at(10));
    const second = await backfill('--since', at(8));
    expect(ran(second)).toEqual([8, 9].map(at));
    expect(second.left.ran).toBe(2);
  });

  it('reaches back to before the task existed, and only-missed does not', async () => {
    expect((await backfill('--since', at(4), '--dry-run')).slots).toEqual([4, 5, 6, 7, 8, 9, 10, 11].map(at));
    const missed = await backfill('--since', at(4), '--dry-run', '--only-missed');
    expect(missed).toMatchObject({ slots: [6, 7, 8, 9, 10, 11].map(at), left: { notMissed: 2 } });
  });

  it('leaves what a rule skipped to a backfill of everything', async () => {
    const { ledger, clock } = application;
    ledger.decide([{ taskId, slot: at(9), reason: 'overlap', detail: null, at: clock.nowIso() }]);
    expect(ran(await backfill('--since', at(8), '--only-missed'))).toEqual([10, 11].map(at));
    expect(ran(await backfill('--since', at(8)))).toEqual([8, 9].map(at));
  });

  it('ends at --until, and never takes a slot that the scheduler is about to run', async () => {
    expect((await backfill('--since', at(7), '--until', at(8), '--dry-run')).slots).toEqual([7, 8].map(at));
    application.clock.set('2026-11-23T12:31:00.000Z');
    expect((await backfill('--since', at(11), '--dry-run')).slots).toEqual([at(11)]);
  });

  it('changes nothing with --dry-run', async () => {
    await backfill('--since', at(6), '--dry-run');
    expect(application.ledger.slots(taskId, at(0))).toEqual([]);
  });

  it('runs slots again that failed or all of them, if it is asked to', async () => {
    await createHourly('Broken', 'false', '--retries', '1', '--retry-delay', '0s');
    const run = async (...more: string[]) => {
      let ended = false;
      const done = runJson(application, ['backfill', 'Broken', '--yes', '--since', at(11), ...more]);
      void done.finally(() => (ended = true));
      await expect.poll(() => (application.clock.advance(1), ended)).toBe(true);
      return done;
    };
    const first = await run();
    expect(first).toMatchObject({ code: 1, answer: { executions: [{ status: 'failure', attempt: 2 }] } });
    expect((await run('--again', 'unfinished')).answer).toMatchObject({ executions: [], left: { ran: 1 } });
    expect((await run('--again', 'failed')).answer).toMatchObject({ executions: [{ slot: at(11) }] });
    expect(ran(await backfill('--since', at(11)))).toEqual([at(11)]);
    expect(ran(await backfill('--since', at(11), '--again', 'failed'))).toEqual([]);
    expect(ran(await backfill('--since', at(11), '--again', 'all'))).toEqual([at(11)]);
  });

  it('neither completes nor pauses the task', async () => {
    await ok('update', 'Report', '--max-executions', '1', '--pause-after', '1');
    await backfill('--since', at(9));
    expect((await ok('get', 'Report')).task).toMatchObject({ status: 'active', executionCount: 3 });
  });

  it('waits for a run of the task that is in progress', async () => {
    const name = await createHourly('Slow', 'sleep');
    const runs = await application.runs();
    const manual = await new Promise<string>((resolve) => {
      const onStarted = ({ executionId }: Execution) => resolve(executionId);
      void runs.trigger(name, { trigger: 'manual', onStarted });
    });
    await ok('update', 'Slow', '--params', '{"command":"true"}');
    let ended = false;
    const done = runJson(application, ['backfill', 'Slow', '--yes', '--since', at(11)]);
    void done.finally(() => (ended = true));
    for (let looks = 0; looks < 5; looks += 1) {
      await expect.poll(() => application.clock.pending().length).toBeGreaterThan(0);
      application.clock.advance(250);
    }
    expect(application.ledger.running().map(({ execution }) => execution.executionId)).toEqual([manual]);
    const cancelled = runs.cancel(manual);
    await expect.poll(() => (application.clock.advance(250), ended)).toBe(true);
    expect(await cancelled).toMatchObject({ status: 'cancelled' });
    expect(await done).toMatchObject({ code: 0, answer: { executions: [{ slot: at(11), status: 'success' }] } });
  });

  it('starts no further slot once it is stopped, and says where to continue', async () => {
    const stop = new AbortController();
    stop.abort();
    const backfills = await application.backfills();
    const stopped = await backfills.run({ taskId, since: at(8) }, { stop: stop.signal });
    expect(stopped).toMatchObject({ executions: [], next: at(8) });
    expect(application.ledger.list({ limit: 1, offset: 0 }).total).toBe(0);
  });

  it('asks before it runs anything', async () => {
    const line = ['backfill', 'Report', '--since', at(10)];
    const { error } = await fails(...line);
    expect(error.message).toBe('2 slots of "Report" would run. Add --yes to run them, or --dry-run to see them.');
    const declined = await runLine(application, line, { isTerminal: true, input: 'n\n' });
    expect(declined).toMatchObject({ code: 0, stderr: 'Run 2 slots of "Report"? [y/N] ' });
    expect(declined.stdout).toContain('2 slots would run.');
    const accepted = await runLine(application, line, { isTerminal: true, input: 'y\n' });
    expect(accepted.stdout).toContain('2 slots ran.');
  });

  it('refuses a period that ends before it begins, or that has too many slots', async () => {
    const { error } = await fails('backfill', 'Report', '--since', at(11), '--until', at(10));
    expect(error).toMatchObject({ code: 'usage/period', message: 'since must be in the past and before until.' });
    await ok(
      'create',
      '--name',
      'Often',
      '--schedule',
      '* * * * *',
      '--tool',
      'shell:run',
      '--params',
      '{"command":"true"}',
    );
    const many = await fails('backfill', 'Often', '--since', '10d', '--yes');
    expect(many.error.message).toBe('The period has more than 10000 slots. Choose a shorter one.');
  });

  it('runs slots whose records may be gone only if it is asked for all', async () => {
    const preview = (...more: string[]) => backfill('--since', '61d', '--until', '59d', '--dry-run', ...more);
    const { slots, left } = await preview();
    expect(left.unknown).toBe(24);
    expect((await preview('--again', 'all')).slots).toHaveLength(slots.length + 24);
  });
});
