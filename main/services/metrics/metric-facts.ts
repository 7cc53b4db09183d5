import type { RecentRun } from '../../contract/recent-runs.ts';
import type { ScheduleFile, Task, TaskStatus } from '../../contract/task.ts';
import { dayMs } from '../../domain/durations.ts';
import type { Clock } from '../../ports/clock.ts';
import type { SlotClaims } from '../../ports/ledger/claims.ts';
import type { ExecutionRecords } from '../../ports/ledger/executions.ts';
import type { OutcomeCounts } from '../../ports/ledger/outcomes.ts';
import type { RunCounters, RunCounts } from '../../ports/ledger/run-counts.ts';
import type { RunState, RunStates } from '../../ports/ledger/run-state.ts';
import type { SlotWaits, WaitReason } from '../../ports/ledger/waits.ts';
import type { Store } from '../../ports/store.ts';
import { nextOfTask } from '../reports/next-of-task.ts';
import { isAllPaused } from '../schedule/all-paused.ts';
import { isRunnable, type SlotPlanner } from '../schedule/slot-planner.ts';

/**
 * Most tasks with values of their own, the oldest first. Prometheus keeps each label value of each metric as a series,
 * about twenty for each task.
 */
export const mostTasks = 1000;
/** As in the window's report of missed runs. */
const missedDays = 7;
/** `missed` counts no further: a task of every minute that is off for a week would have ten thousand. */
export const mostMissed = 1000;
/** Latest runs in which the last one that ended is looked for: those before it still run. */
const latest = 10;
/** Tasks that are read without a pause. */
const batchSize = 20;

export interface MetricFactsNeeds {
  readonly store: Pick<Store, 'read'>;
  readonly ledger: RunStates &
    RunCounters &
    OutcomeCounts &
    SlotWaits &
    Pick<SlotClaims, 'missedOf'> &
    Pick<ExecutionRecords, 'running'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly planner: Pick<SlotPlanner, 'slots' | 'dayOff'>;
  /** Resolves once other work of this process has had its turn. */
  readonly pause: () => Promise<void>;
}

/** What the metrics say about one task. */
export interface TaskFacts {
  readonly task: Pick<Task, 'id' | 'name'>;
  readonly isActive: boolean;
  readonly state: RunState;
  readonly counts: RunCounts;
  /** The latest run that ended, test runs and skipped ones apart; null if none did. */
  readonly last: RecentRun | null;
  /** ISO instant; null if there is none. */
  readonly nextSlot: string | null;
  /** Slots of the last seven days that were missed and have not run since, `mostMissed` at most. */
  readonly missed: number;
  readonly waiting: number;
}

/** What the metrics say about the scheduler. */
export interface MetricFacts {
  readonly byStatus: Readonly<Record<TaskStatus, number>>;
  readonly isAllPaused: boolean;
  /** Runs that have not ended, test runs too. */
  readonly running: number;
  readonly waiting: Readonly<Record<WaitReason, number>>;
  readonly tasks: readonly TaskFacts[];
}

/** Reads the facts from the schedule and the ledger, with pauses so that this process stays responsive. */
export async function metricFacts(needs: MetricFactsNeeds): Promise<MetricFacts> {
  const { store, ledger, clock, pause } = needs;
  const file = store.read();
  const all = Object.values(file.tasks);
  const byStatus = { active: 0, paused: 0, completed: 0, error: 0 };
  for (const { status } of all) byStatus[status] += 1;
  const waiting = { jitter: 0, overlap: 0, turn: 0 };
  const waits = ledger.waits();
  for (const { reason } of waits) waiting[reason] += 1;
  const waitingOf = (taskId: string): number => waits.filter((wait) => wait.taskId === taskId).length;
  const chosen = all.toSorted((a, b) => a.createdAt.localeCompare(b.createdAt)).slice(0, mostTasks);
  const tasks: TaskFacts[] = [];
  for (let from = 0; from < chosen.length; from += batchSize) {
    const batch = chosen.slice(from, from + batchSize);
    tasks.push(...factsOf(needs, batch, file).map((facts) => ({ ...facts, waiting: waitingOf(facts.task.id) })));
    await pause();
  }
  const running = ledger.running().length;
  return { byStatus, isAllPaused: isAllPaused(file, clock.now()), running, waiting, tasks };
}

function factsOf({ ledger, clock, planner }: MetricFactsNeeds, tasks: readonly Task[], file: ScheduleFile) {
  const nowMs = clock.now();
  const ids = tasks.map(({ id }) => id);
  const [states, counts, runs] = [ledger.runState(ids), ledger.runCounts(ids), ledger.latestRuns(ids, latest)];
  const since = new Date(nowMs - missedDays * dayMs).toISOString();
  return tasks.flatMap((task): Omit<TaskFacts, 'waiting'>[] => {
    const [state, count] = [states.get(task.id), counts.get(task.id)];
    if (state === undefined || count === undefined) return [];
    const missed = ledger.missedOf([task.id], { since, recordedAfter: new Date(0).toISOString(), limit: mostMissed });
    return [
      {
        ...{ task, state, counts: count, missed: missed.length },
        isActive: isRunnable(task, nowMs) && !isAllPaused(file, nowMs),
        last: runs.get(task.id)?.find(({ status }) => status !== 'running') ?? null,
        nextSlot:
          nextOfTask(task, file, nowMs, planner).find(({ isSkipped, dayOff }) => !isSkipped && dayOff === null)?.slot ??
          null,
      },
    ];
  });
}
