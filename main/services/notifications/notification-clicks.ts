import type { Execution } from '../../contract/execution.ts';
import type { NavigationTarget } from '../../contract/control.ts';
import { hourMs } from '../../domain/durations.ts';
import { messageOf } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { NotificationAction, NotificationChoice } from '../../ports/desktop.ts';
import type { AuditTrail } from '../../ports/ledger/audit.ts';
import type { TaskManager } from '../tasks/task-manager.ts';

const author = 'notification';
const snoozeMs = hourMs;

export interface ClickNeeds {
  readonly tasks: Pick<TaskManager, 'pause' | 'resume'>;
  /** Starts a run and returns it while it runs. */
  readonly start: (taskId: string) => Promise<Execution>;
  readonly ledger: AuditTrail;
  readonly clock: Clock;
  /** Opens the window at the target of a click. */
  show(target: NavigationTarget): void;
  /** Reports an action that failed; the window may be closed at that moment. */
  refuse(message: string): void;
}

/** Returns the handler of clicks on notifications and their buttons. */
export function notificationClicks(needs: ClickNeeds): (choice: NotificationChoice) => Promise<void> {
  return async ({ target, taskIds, action }) => {
    if (action === null) return needs.show(target);
    const outcomes = await Promise.allSettled(taskIds.map((taskId) => act(needs, taskId, action)));
    const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? messageOf(outcome.reason) : []));
    if (refused.length > 0) needs.refuse(refused.join('\n'));
  };
}

async function act({ tasks, start, ledger, clock }: ClickNeeds, taskId: string, action: NotificationAction) {
  switch (action) {
    case 'rerun': {
      const { executionId } = await start(taskId);
      const at = clock.nowIso();
      ledger.audit({ at, author, action: 'task.trigger', taskId, before: null, after: { executionId } });
      return;
    }
    case 'snooze': {
      const until = new Date(clock.now() + snoozeMs).toISOString();
      await tasks.pause(taskId, { until, note: 'Snoozed for an hour from its notification' }, author);
      return;
    }
    case 'pause':
      await tasks.pause(taskId, { note: 'Paused from its notification' }, author);
      return;
    case 'resume':
      await tasks.resume(taskId, author);
  }
}
