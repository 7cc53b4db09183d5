import type { InsightOrder, InsightsAnswer, TaskInsight } from '../../contract/insights.ts';
import { listedInsights } from '../../contract/insights.ts';
import type { Task } from '../../contract/task.ts';
import { figuredRuns, type RunHint } from '../../contract/task-report.ts';
import type { Clock } from '../../ports/clock.ts';
import type { RunState, RunStates } from '../../ports/ledger/run-state.ts';
import type { ComparedRun, RunSums, RunTotals } from '../../ports/ledger/run-totals.ts';
import type { Store } from '../../ports/store.ts';
import { BusiestMinutes } from './figures/busiest-minutes.ts';
import { inInsightOrder } from './figures/insight-order.ts';
import { runHints } from './figures/run-hints.ts';
import type { ComingRuns } from '../schedule/coming-runs.ts';
import { neverRan } from './never-ran.ts';

export interface InsightsNeeds {
  readonly store: Pick<Store, 'read'>;
  readonly ledger: RunStates & RunSums;
  readonly clock: Clock;
  /** IANA zone of this machine. */
  readonly machineTimezone: () => string;
  readonly coming: Pick<ComingRuns, 'ofTask'>;
  /** Resolves once other work of this process has had its turn. */
  readonly pause: () => Promise<void>;
}

/** Tasks that are read without a pause: at most 1,000 runs, a few ms of work. */
const batchSize = 10;
const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** Days of which the busiest minutes are looked for, the latest: longer ago, other tasks were there. */
const mostDays = 366;

export interface InsightsQuestion {
  /** ISO instant: start of the period. */
  readonly since: string;
  readonly order: InsightOrder;
}

/** Computes what about all tasks is unusual, and what they cost, with pauses so that the window stays fluid. */
export class Insights {
  readonly #needs: InsightsNeeds;

  constructor(needs: InsightsNeeds) {
    this.#needs = needs;
  }

  async of({ since, order }: InsightsQuestion): Promise<InsightsAnswer> {
    const { store, ledger, pause } = this.#needs;
    const tasks = Object.values(store.read().tasks);
    const rows: TaskInsight[] = [];
    for (let from = 0; from < tasks.length; from += batchSize) {
      const batch = tasks.slice(from, from + batchSize);
      const states = ledger.runState(batch.map(({ id }) => id));
      rows.push(...batch.flatMap((task) => this.#row(task, states.get(task.id), since) ?? []));
      await pause();
    }
    const found = rows.filter(({ hints }) => hints.length > 0).length;
    const listed = inInsightOrder(rows, order).slice(0, listedInsights);
    return { since, tasks: listed, total: rows.length, found, busiest: await this.#busiest(since) };
  }

  /** Returns null for a task that did not run in the period and about which nothing is unusual. */
  #row(task: Task, state: RunState | undefined, since: string): TaskInsight | null {
    const { ledger } = this.#needs;
    const totals = ledger.runTotals(task.id, since);
    const runs = totals.runs > 0 ? ledger.comparedRuns(task.id, figuredRuns) : [];
    const hints = this.#hints(task, state, runs);
    const latest = runs.find(({ status }) => status !== 'skipped');
    if (hints.length === 0 && totals.runs === 0) return null;
    const days = this.#knownMs(task, totals, state, since) / dayMs;
    return {
      ...{ taskId: task.id, taskName: task.name, hints, latestId: latest?.executionId ?? null },
      ...{ runs: totals.runs, failures: totals.failures, peakMemoryBytes: totals.peakMemoryBytes },
      runsPerDay: totals.runs / days,
      busyMsPerDay: totals.busyMs / days,
      cpuMsPerDay: totals.cpuMs === null ? null : totals.cpuMs / days,
    };
  }

  /** A task that a person paused or that has ended needs no look, and neither does one that did not run lately. */
  #hints(task: Task, state: RunState | undefined, runs: readonly ComparedRun[]): RunHint[] {
    if (task.status !== 'active' && task.status !== 'error') return [];
    return runHints({ runs, ...neverRan(task, state, this.#needs.clock.now(), this.#needs.coming) });
  }

  /**
   * Returns the length of the part of the period for which the runs of a task are known, in ms. Retention keeps a number
   * of runs of each task: those of a task that runs every minute may reach back less than two hours.
   */
  #knownMs(task: Task, { kept, oldestAt }: RunTotals, state: RunState | undefined, since: string): number {
    const removed = (state?.executionCount ?? 0) > kept;
    const oldestMs = Date.parse(oldestAt ?? task.createdAt);
    // Runs that another scheduler recorded may be older than the task.
    const knownMs = removed ? oldestMs : Math.min(oldestMs, Date.parse(task.createdAt));
    const begin = Math.max(Date.parse(since), knownMs);
    // An average over the first minutes of a task would promise more runs than a day has.
    return Math.max(this.#needs.clock.now() - begin, removed ? minuteMs : dayMs);
  }

  async #busiest(since: string): Promise<InsightsAnswer['busiest']> {
    const { ledger, clock, machineTimezone, pause } = this.#needs;
    const minutes = new BusiestMinutes(machineTimezone());
    const end = clock.now() + 1;
    for (let from = Math.max(Date.parse(since), end - mostDays * dayMs); from < end; from += dayMs) {
      const until = Math.min(from + dayMs, end);
      for (const minute of ledger.startsByMinute(new Date(from).toISOString(), new Date(until).toISOString())) {
        minutes.add(minute);
      }
      await pause();
    }
    return minutes.all();
  }
}
