import { beforeEach, describe, expect, it } from 'vitest';
import type { ExecutionFilter } from '../../../contract/execution.ts';
import type { Shared } from '../../../contract/fleet.ts';
import type { ReportedRun } from '../../../contract/fleet-runs.ts';
import type { Task } from '../../../contract/task.ts';
import { fakeClock, type FakeClock } from '../../../testing/fake-clock.ts';
import { anExecution, anOutcome } from '../../../testing/ledger-samples.ts';
import { memoryLedger } from '../../../testing/memory-ledger.ts';
import { aTask } from '../../../testing/schedule-samples.ts';
import { RunReports } from './run-reports.ts';

const minuteMs = 60_000;
const shared: Shared = { fleetId: 'f', revision: 1, runsOn: { mode: 'one', tags: [] }, author: 'laptop' };

/** A member with the shared task `t1` and the local task `t2`. */
class Member {
  readonly clock: FakeClock = fakeClock('2026-11-23T12:00:00.000Z');
  readonly ledger = memoryLedger();
  readonly tasks: Record<string, Task> = { t1: aTask({ shared }), t2: aTask({ id: 't2' }) };
  /** What the fleet has, by execution. */
  readonly fleet = new Map<string, ReportedRun>();
  /** What the ledger was asked, since it was emptied. */
  readonly asked: ExecutionFilter[] = [];
  readonly reports = new RunReports({
    ledger: Object.assign(Object.create(this.ledger) as typeof this.ledger, {
      list: (filter: ExecutionFilter) => (this.asked.push(filter), this.ledger.list(filter)),
    }),
    clock: this.clock,
    store: { read: () => ({ tasks: this.tasks }) as never },
    connection: {
      membership: () => ({ fleetId: 'f', memberId: 'm', joinedAt: '2026-11-23T12:00:00.000Z' }) as never,
      call: (action) => action({ runs: { save: async (_: string, runs: ReportedRun[]) => this.#save(runs) } } as never),
    },
  });

  isAway = false;

  #save(runs: readonly ReportedRun[]): void {
    if (this.isAway) throw new Error('away');
    for (const run of runs) this.fleet.set(run.executionId, run);
  }

  start(executionId: string, taskId = 't1'): void {
    this.ledger.start(anExecution({ executionId, taskId, slot: null, startedAt: this.clock.nowIso() }));
  }

  end(executionId: string): void {
    this.ledger.finish(executionId, anOutcome({ completedAt: this.clock.nowIso() }));
  }

  /** Returns the status of each run that the fleet knows, after a report. */
  async reported(): Promise<Record<string, string>> {
    await this.reports.report();
    return Object.fromEntries([...this.fleet].map(([id, { status }]) => [id, status]));
  }
}

let member: Member;
beforeEach(() => (member = new Member()));

describe('reports of runs', () => {
  it('read the latest runs of shared tasks only, also while only local tasks run', async () => {
    member.start('e1');
    member.end('e1');
    await member.reported();
    for (let minute = 1; minute <= 60; minute += 1) {
      member.clock.advance(minuteMs);
      member.start(`local-${minute}`, 't2');
      member.end(`local-${minute}`);
      await member.reports.report();
    }
    member.asked.length = 0;
    expect(await member.reported()).toEqual({ e1: 'success' });
    expect(member.asked.map(({ taskId }) => taskId)).toEqual(['t1']);
    const since = Date.parse(member.asked[0]?.since ?? '');
    expect(member.clock.now() - since).toBeLessThanOrEqual(11 * minuteMs);
  });

  it('include a start that another process records a moment later', async () => {
    const instant = member.clock.nowIso();
    member.clock.advance(10_000);
    member.start('e1');
    await member.reports.report();
    member.ledger.start(anExecution({ executionId: 'e2', slot: null, startedAt: instant }));
    expect(await member.reported()).toEqual({ e1: 'running', e2: 'running' });
  });

  it('tell how a run ended whose task was deleted or made local meanwhile', async () => {
    member.start('e1');
    await member.reports.report();
    member.clock.advance(5000);
    delete member.tasks['t1'];
    member.end('e1');
    expect(await member.reported()).toEqual({ e1: 'success' });
  });

  it('tell how a run ended that began long before', async () => {
    member.start('e1');
    await member.reports.report();
    for (let hour = 0; hour < 3; hour += 1) {
      member.clock.advance(60 * minuteMs);
      await member.reports.report();
    }
    member.end('e1');
    expect(await member.reported()).toEqual({ e1: 'success' });
  });

  it('go on after a clock that was ahead was set back', async () => {
    member.clock.set('2026-12-23T12:00:00.000Z');
    member.start('e1');
    member.end('e1');
    await member.reports.report();
    member.clock.set('2026-11-23T12:10:00.000Z');
    await member.reports.report();
    member.isAway = true;
    member.start('e2');
    for (let minute = 0; minute < 3; minute += 1) {
      member.clock.advance(minuteMs);
      await expect(member.reports.report()).rejects.toThrow('away');
    }
    member.isAway = false;
    expect(await member.reported()).toEqual({ e1: 'success', e2: 'running' });
  });
});
