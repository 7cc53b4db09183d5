import { oneLine, sentencesOf } from '../../contract/alerts/alert-sentences.ts';
import type { AlertEvent, AlertKind } from '../../contract/alerts/event.ts';
import type { NavigationTarget } from '../../contract/control.ts';
import { dayMs } from '../../domain/durations.ts';
import type { Delivery } from '../../ports/alert-channels.ts';
import type { NotificationAction, NotificationContent, Notifier } from '../../ports/desktop.ts';

const longestBody = 240;
/** Older events are in the history; a notification of them would only disturb. */
const oldestMs = 3 * dayMs;

/** The part of the desktop that alerts need. */
export type AlertNotifier = Pick<Notifier, 'notify' | 'state'>;

/** Shows an alert as a notification. @param notifier null in a process without a desktop, such as the command line */
export async function showOnDesktop(event: AlertEvent, notifier: AlertNotifier | null): Promise<Delivery> {
  if (notifier === null) {
    const answer =
      'Only the running app can show notifications. Open the window, and send the test in Settings, Alerts.';
    return { outcome: 'failed', answer, mayHaveArrived: false };
  }
  if ((event.lateMs ?? 0) > oldestMs)
    return { outcome: 'refused', answer: 'The app did not run for three days, so the notification was not shown.' };
  if (await notifier.notify(notificationOf(event))) return { outcome: 'sent', answer: 'The desktop shows it.' };
  const reason = notifier.state().problem ?? 'The system refused the notification.';
  return { outcome: 'failed', answer: reason, mayHaveArrived: false };
}

const isGood: ReadonlySet<AlertKind> = new Set(['started', 'succeeded', 'recovered', 'heartbeat', 'digest', 'test']);
const outcomes: ReadonlySet<AlertKind> = new Set(['started', 'succeeded', 'failed', 'doubtful', 'recovered']);
const labels: Readonly<Record<NotificationAction, string>> = {
  rerun: 'Re-run',
  snooze: 'Snooze for an hour',
  pause: 'Pause',
  resume: 'Resume',
};

/** Returns the notification of an alert. What a task does next replaces what was shown of it. */
export function notificationOf(event: AlertEvent): NotificationContent {
  const { kind, task, id } = event;
  return {
    key: task === null ? `alert:${id}` : `alert:${outcomes.has(kind) ? 'run' : kind}:${task.id}`,
    title: oneLine(event.title),
    body: shortened(sentencesOf(event)),
    target: targetOf(event),
    buttons: task === null ? [] : actionsOf(kind).map((action) => ({ action, label: labels[action] })),
    taskIds: task === null ? [] : [task.id],
    urgency: isGood.has(kind) ? 'low' : 'normal',
  };
}

function actionsOf(kind: AlertKind): readonly NotificationAction[] {
  if (kind === 'failed' || kind === 'doubtful') return ['rerun', 'snooze', 'pause'];
  if (kind === 'paused') return ['rerun', 'resume'];
  return kind === 'missed' || kind === 'overdue' ? ['rerun'] : [];
}

function targetOf({ kind, run, task }: AlertEvent): NavigationTarget {
  if (kind === 'proposal') return { view: 'proposal' };
  if (kind === 'test') return { view: 'settings' };
  if (run !== null) return { view: 'execution', executionId: run.id };
  if (kind === 'missed') return { view: 'timeline' };
  return task === null ? { view: 'overview' } : { view: 'task', taskId: task.id };
}

const shortened = (text: string): string => (text.length <= longestBody ? text : `${text.slice(0, longestBody - 1)}…`);
