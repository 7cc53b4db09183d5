import { formatDuration } from '../../contract/durations.ts';
import type { Execution } from '../../contract/execution.ts';
import type { Task } from '../../contract/task.ts';
import type { NotificationContent } from '../../ports/desktop.ts';
import { attentionTitle, attentionTitleOfMany } from '../attention/attention-words.ts';
import type { AttentionNews, Episode } from '../attention/attention-watch.ts';

type Begun = AttentionNews['begun'][number];

const longestList = 5;
const quiet = { buttons: [], taskIds: [] } as const;

/** Returns the key of a notification; what tells that it is over has the same key, and so replaces it. */
export const attentionKey = ({ kind, taskId, executionId }: Pick<Episode, 'kind' | 'taskId' | 'executionId'>): string =>
  `${kind}:${taskId}:${executionId ?? ''}`;

export function begunNotification({ task, attention }: Begun): NotificationContent {
  const { kind, executionId, message } = attention;
  return {
    key: attentionKey({ kind, taskId: task.id, executionId }),
    title: attentionTitle(task.name, kind),
    body: message,
    target: executionId === null ? { view: 'task', taskId: task.id } : { view: 'execution', executionId },
    // A late slot still starts by itself, and a long run has started.
    buttons: kind === 'overdue' ? [{ action: 'rerun', label: 'Run now' }] : [],
    taskIds: kind === 'overdue' ? [task.id] : [],
    urgency: 'normal',
  };
}

/** One notification for many tasks, which happens after the machine was off. */
export function manyBegunNotification(begun: readonly Begun[]): NotificationContent {
  const names = [...new Map(begun.map(({ task }) => [task.id, task.name])).values()];
  const rest = names.length - longestList;
  return {
    ...quiet,
    key: 'attention',
    title: attentionTitleOfMany(
      names.length,
      begun.map(({ attention }) => attention.kind),
    ),
    body: rest > 0 ? `${names.slice(0, longestList).join(', ')} and ${rest} more` : names.join(', '),
    target: { view: 'overview' },
    urgency: 'normal',
  };
}

/** Tells of a run that started too late; after a notification that it is late, this ends it. */
export function lateStartNotification(execution: Execution, lateMs: number): NotificationContent {
  const { taskId, taskName, executionId } = execution;
  return {
    ...quiet,
    key: attentionKey({ kind: 'late', taskId, executionId: null }),
    title: `${taskName} started late`,
    body: `It started ${formatDuration(lateMs)} after its time.`,
    target: { view: 'execution', executionId },
    urgency: 'normal',
  };
}

export function notLateNotification(task: Task, reason: string): NotificationContent {
  return {
    ...quiet,
    key: attentionKey({ kind: 'late', taskId: task.id, executionId: null }),
    title: `${task.name} is not late any more`,
    body: `The run was skipped: ${reason}.`,
    target: { view: 'task', taskId: task.id },
    urgency: 'low',
  };
}

export function longRunEndedNotification({ taskId, taskName, executionId, duration }: Execution): NotificationContent {
  return {
    ...quiet,
    key: attentionKey({ kind: 'long', taskId, executionId }),
    title: `${taskName} has finished`,
    body: `Its run succeeded after ${formatDuration(duration ?? 0)}.`,
    target: { view: 'execution', executionId },
    urgency: 'low',
  };
}

export function notOverdueNotification(task: Task, executionId: string | null): NotificationContent {
  return {
    ...quiet,
    key: attentionKey({ kind: 'overdue', taskId: task.id, executionId: null }),
    title: `${task.name} is not overdue any more`,
    body: 'It has succeeded again.',
    target: executionId === null ? { view: 'task', taskId: task.id } : { view: 'execution', executionId },
    urgency: 'low',
  };
}
