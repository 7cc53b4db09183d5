import type { ClockStyle } from '../../contract/time-style.ts';
import { executionFilterSchema, type Execution } from '../../contract/execution.ts';
import { healthAfter } from '../../contract/task-health.ts';
import { dayMs } from '../../domain/durations.ts';
import type { ScheduleFile } from '../../contract/task.ts';
import type { TrayLine, TrayState } from '../../ports/desktop.ts';
import type { Store } from '../../ports/store.ts';
import type { ProposalRecords } from '../../ports/ledger/agents.ts';
import type { ExecutionRecords } from '../../ports/ledger/executions.ts';
import type { ExecutionPages } from '../../ports/ledger/pages.ts';
import type { RunStates } from '../../ports/ledger/run-state.ts';
import { attentionTitle, attentionTitleOfMany } from '../attention/attention-words.ts';
import type { TaskAttention } from '../attention/task-attention.ts';
import { proposalLines } from '../consent/proposal-notification.ts';
import { isAllPaused } from '../schedule/all-paused.ts';
import type { ComingRuns } from '../schedule/coming-runs.ts';
import type { TimingFacts } from '../schedule/timing-facts.ts';
import { earlierFailures } from './earlier-failures.ts';
import { nextTasks, recentRuns } from './tray-tasks.ts';

const shownFailures = 3;
const shownAttention = 3;
/** Limit of running tasks in the menu, so that it fits the screen; the window shows all. */
const shownRunning = 10;
/** Limit of runs that are listed at once. */
const listedRuns = 200;
/** A failure older than this no longer changes the icon. */
const recentMs = dayMs;

/**
 * Returns what the tray shows now. A task that succeeded after a failure no longer counts as failing.
 * @param remarks lines about the desktop, for example that it shows no notifications
 */
export function trayState(
  {
    store,
    ledger,
    facts,
    coming,
    attention,
    clock,
  }: {
    store: Store;
    ledger: ProposalRecords & ExecutionPages & ExecutionRecords & RunStates;
    facts: TimingFacts;
    coming: Pick<ComingRuns, 'ofGroup' | 'ofTask'>;
    attention: Pick<TaskAttention, 'of'>;
    clock: ClockStyle;
  },
  nowMs: number,
  remarks: readonly TrayLine[] = [],
): TrayState {
  const file = readable(store);
  const since = new Date(nowMs - recentMs).toISOString();
  const { executions } = ledger.list(executionFilterSchema.parse({ since, limit: listedRuns }));
  const isCut = executions.length === listedRuns;
  const earlier = isCut ? earlierFailures(ledger, Object.keys(file?.tasks ?? {}), executions, since) : [];
  const failures = standingFailures([...executions, ...earlier], file);
  return {
    clock,
    running: ledger
      .running()
      .slice(0, shownRunning)
      .map(({ execution: { taskName, executionId } }) => ({ taskName, executionId })),
    failing: failures.length,
    paused: file !== null && isAllPaused(file, nowMs),
    pausedUntil: file?.paused?.until ?? null,
    next: file === null ? [] : nextTasks({ file, facts, coming, nowMs }),
    recent: recentRuns(executions),
    lastFailures: failures.slice(0, shownFailures).map(({ taskName, executionId }) => ({ taskName, executionId })),
    attention: [...unreadable(file), ...proposalLines(ledger, nowMs), ...attentionLines(file, attention)],
    remarks,
  };
}

function unreadable(file: ScheduleFile | null): TrayLine[] {
  return file === null ? [{ text: 'Tasks cannot be read', target: { view: 'overview' } }] : [];
}

/** Returns a line for each task that is late, takes too long or is overdue; one for all of them if they are many. */
function attentionLines(file: ScheduleFile | null, attention: Pick<TaskAttention, 'of'>): TrayLine[] {
  if (file === null) return [];
  const found = [...attention.of(Object.values(file.tasks), file)];
  if (found.length > shownAttention) {
    const kinds = found.flatMap(([, all]) => all.map(({ kind }) => kind));
    return [{ text: attentionTitleOfMany(found.length, kinds), target: { view: 'overview' } }];
  }
  return found.flatMap(([taskId, all]) =>
    all.map(({ kind, executionId }) => ({
      text: attentionTitle(file.tasks[taskId]?.name ?? taskId, kind),
      target: executionId === null ? { view: 'task', taskId } : { view: 'execution', executionId },
    })),
  );
}

/** Returns the newest run of each task that says how the task is, if it failed. A deleted task is not failing. */
function standingFailures(executions: readonly Execution[], file: ScheduleFile | null): Execution[] {
  const latest = new Map<string, Execution>();
  for (const execution of executions) {
    const isGone = file !== null && !Object.hasOwn(file.tasks, execution.taskId);
    if (isGone || healthAfter(execution) === null || latest.has(execution.taskId)) continue;
    latest.set(execution.taskId, execution);
  }
  return [...latest.values()].filter((execution) => healthAfter(execution) === 'failing');
}

/** Returns null for an unreadable schedule, which the window shows; the tray shows the rest. */
function readable(store: Store): ScheduleFile | null {
  return store.state().state === 'ok' ? store.read() : null;
}
