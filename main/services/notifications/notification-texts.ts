import { failureHeadline } from '../../contract/failure-headline.ts';
import { changedLines, changeOf, changeTitle } from '../../contract/probe.ts';
import { plain } from '../../domain/visible-text.ts';
import type { Execution } from '../../contract/execution.ts';
import type { NavigationTarget } from '../../contract/control.ts';
import type { Task } from '../../contract/task.ts';
import type { NotificationAction, NotificationContent } from '../../ports/desktop.ts';

const longestBody = 240;
const longestList = 5;

const labels: Readonly<Record<NotificationAction, string>> = {
  rerun: 'Re-run',
  snooze: 'Snooze for an hour',
  pause: 'Pause',
  resume: 'Resume',
};

const headlines: Partial<Record<Execution['status'], string>> = {
  failure: 'failed',
  timeout: 'timed out',
  interrupted: 'was interrupted',
};

/** Executions of one group and slot that share a notification. */
export interface Together {
  readonly key: string;
  readonly groupName: string;
  /** At least one, each of a different task. */
  readonly executions: readonly Execution[];
}

export function failureNotification({ key, groupName, executions }: Together): NotificationContent {
  const common = { key, ...acting(['rerun', 'snooze', 'pause'], executions.map(taskOf)), urgency: 'normal' as const };
  const [only, ...others] = executions;
  if (only !== undefined && others.length === 0) {
    return {
      ...common,
      title: `${only.taskName} ${headlines[only.status] ?? 'failed'}`,
      body: shortened(failureHeadline(only) || 'Open the log to see what happened.'),
      target: executionTarget(only),
    };
  }
  return {
    ...common,
    title: `${executions.length} tasks of “${groupName}” failed`,
    body: shortened(listed(executions.map(({ taskName }) => taskName))),
    target: { view: 'overview' },
  };
}

export function recoveryNotification({ key, groupName, executions }: Together): NotificationContent {
  const common = { key, ...acting([], []), urgency: 'low' as const };
  const [only, ...others] = executions;
  if (only !== undefined && others.length === 0) {
    const body = 'Its last run succeeded after earlier failures.';
    return { ...common, title: `${only.taskName} works again`, body, target: executionTarget(only) };
  }
  return {
    ...common,
    title: `${executions.length} tasks of “${groupName}” work again`,
    body: shortened(listed(executions.map(({ taskName }) => taskName))),
    target: { view: 'overview' },
  };
}

/** The lines that are new or gone, without those around them. */
export function changeNotification(execution: Execution): NotificationContent {
  const change = changeOf(execution.result);
  const changed = (change === null ? [] : changedLines(change)).filter((line) => /^[+-]/.test(line)).map(plain);
  return {
    key: `change:${execution.executionId}`,
    ...acting([], []),
    title: changeTitle(execution.taskName),
    body: shortened(changed.join('\n') || 'Open the run to see what changed.'),
    target: executionTarget(execution),
    urgency: 'normal',
  };
}

/** @param lastExecutionId the failure that caused the pause, if known */
export function pausedNotification(task: Task, lastExecutionId: string | null): NotificationContent {
  return {
    key: `paused:${task.id}`,
    ...acting(['rerun', 'resume'], [task.id]),
    title: `${task.name} is paused`,
    body: shortened(task.pauseNote ?? 'It failed too many times in a row. It stays paused until you resume it.'),
    target: lastExecutionId === null ? { view: 'groups' } : { view: 'execution', executionId: lastExecutionId },
    urgency: 'normal',
  };
}

/** @param missed the number of missed slots of each task */
export function missedNotification(
  missed: readonly { readonly task: Task; readonly count: number }[],
): NotificationContent {
  const slots = missed.reduce((sum, { count }) => sum + count, 0);
  const [only, ...others] = missed;
  const runs = (count: number) => (count === 1 ? 'a run' : `${count} runs`);
  const title =
    only !== undefined && others.length === 0
      ? `${only.task.name} missed ${runs(slots)}`
      : `${missed.length} tasks missed ${runs(slots)}`;
  const names = missed.map(({ task, count }) => (count === 1 ? task.name : `${task.name} (${count})`));
  const why = 'The machine was off or asleep, or nobody was logged in.';
  return {
    key: 'missed',
    ...acting(
      ['rerun'],
      missed.map(({ task }) => task.id),
      'Run now',
    ),
    title,
    body: shortened(others.length === 0 ? why : `${listed(names)}. ${why}`),
    target: { view: 'timeline' },
    urgency: 'normal',
  };
}

function acting(
  actions: readonly NotificationAction[],
  taskIds: readonly string[],
  label?: string,
): Pick<NotificationContent, 'buttons' | 'taskIds'> {
  return { buttons: actions.map((action) => ({ action, label: label ?? labels[action] })), taskIds };
}

const taskOf = ({ taskId }: Execution): string => taskId;
const executionTarget = ({ executionId }: Execution): NavigationTarget => ({ view: 'execution', executionId });

function listed(names: readonly string[]): string {
  const shown = names.slice(0, longestList).join(', ');
  return names.length > longestList ? `${shown} and ${names.length - longestList} more` : shown;
}

function shortened(text: string): string {
  return text.length > longestBody ? `${text.slice(0, longestBody - 1)}…` : text;
}
