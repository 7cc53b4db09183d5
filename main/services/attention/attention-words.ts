import type { Attention, AttentionKind } from '../../contract/attention.ts';
import { formatDuration } from '../../contract/durations.ts';
import { eventsOf, isOnDemand } from '../../contract/schedule-rule.ts';
import type { Task } from '../../contract/task.ts';
import type { CredentialProblems } from '../credentials/credential-news.ts';
import type { BudgetRefusal } from '../budgets/budgets.ts';
import type { AttentionNeed } from '../../domain/policy/attention-needs.ts';

export interface TaskFacts {
  readonly nowMs: number;
  /** Null if no run ever succeeded. */
  readonly lastSuccessMs: number | null;
  /** Since when the task has had its schedule. */
  readonly armedMs: number;
  readonly isRunning: boolean;
}

/** Returns what needs attention, with a sentence for people. */
export function describedNeed(need: AttentionNeed, facts: TaskFacts): Attention {
  const { kind, sinceMs } = need;
  return {
    kind,
    since: new Date(sinceMs).toISOString(),
    slot: kind === 'late' ? new Date(need.slotMs).toISOString() : null,
    executionId: kind === 'long' ? need.run.executionId : null,
    message: messageOfNeed(need, facts),
  };
}

function messageOfNeed(need: AttentionNeed, { nowMs, lastSuccessMs, armedMs, isRunning }: TaskFacts): string {
  switch (need.kind) {
    case 'late': {
      const cause = isRunning ? ' An earlier run has not finished.' : '';
      return `It was due ${formatDuration(nowMs - need.slotMs)} ago and has not started.${cause}`;
    }
    case 'long': {
      const { run, limitMs } = need;
      const usual =
        run.usualMs === null || limitMs < run.usualMs
          ? `the limit is ${formatDuration(limitMs)}`
          : `95% of its runs take ${formatDuration(run.usualMs)} or less`;
      return `It has been running for ${formatDuration(nowMs - run.startedMs)}; ${usual}.`;
    }
    case 'overdue':
      return lastSuccessMs === null
        ? `It has not succeeded since it was scheduled ${formatDuration(nowMs - armedMs)} ago.`
        : `It has not succeeded for ${formatDuration(nowMs - lastSuccessMs)}.`;
  }
}

/** Returns what a budget that is used up keeps a task from running. */
export function describedRefusal(task: Task, { detail, period }: BudgetRefusal, sinceMs: number): Attention {
  const next = period === 'day' ? 'tomorrow' : 'next month';
  return {
    kind: 'budget',
    since: new Date(sinceMs).toISOString(),
    slot: null,
    executionId: null,
    message: `Its budget is used up (${detail}). ${keptFrom(task)} until ${next}.`,
  };
}

/** Returns what does not start: a task without times has no slots to skip. */
function keptFrom(task: Task): string {
  const follows = (task.policies?.after ?? []).length > 0;
  if (eventsOf(task).length > 0) return follows ? 'Neither events nor other tasks start it' : 'Events do not start it';
  if (!isOnDemand(task))
    return follows ? 'Its slots and its runs after other tasks are skipped' : 'Its slots are skipped';
  return follows ? 'It does not run after other tasks' : 'You can still run it, but a failed run is not retried';
}

/** Returns why the next run could not sign in. */
export const describedCredentials = ({ sinceMs, message }: CredentialProblems[string]): Attention => ({
  ...{ kind: 'credentials', since: new Date(sinceMs).toISOString(), slot: null, executionId: null },
  message: `Its next run would fail: ${message}`,
});

const headlines: Readonly<Record<AttentionKind, string>> = {
  late: 'is late',
  long: 'is taking too long',
  overdue: 'is overdue',
  budget: 'has used up its budget',
  credentials: 'cannot sign in',
};

/** Returns the title of what needs attention: `Backup is late`. */
export const attentionTitle = (taskName: string, kind: AttentionKind): string => `${taskName} ${headlines[kind]}`;

/** Returns the title of what several tasks need: `4 tasks have used up their budget`. */
export function attentionTitleOfMany(tasks: number, kinds: readonly AttentionKind[]): string {
  const withBudgets = kinds.filter((kind) => kind === 'budget').length;
  const withCredentials = kinds.filter((kind) => kind === 'credentials').length;
  if (withCredentials === kinds.length) return `${tasks} tasks cannot sign in`;
  if (withCredentials > 0) return `${tasks} tasks need attention`;
  if (withBudgets === 0) return `${tasks} tasks are late, overdue or taking too long`;
  return withBudgets === kinds.length ? `${tasks} tasks have used up their budget` : `${tasks} tasks need attention`;
}
