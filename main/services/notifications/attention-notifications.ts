import { z } from 'zod';
import { executionFilterSchema, type Execution } from '../../contract/execution.ts';
import type { Settings } from '../../contract/settings.ts';
import type { Task } from '../../contract/task.ts';
import { messageOf } from '../../domain/errors.ts';
import type { NotificationContent, Notifier } from '../../ports/desktop.ts';
import type { SlotClaims } from '../../ports/ledger/claims.ts';
import type { ExecutionRecords } from '../../ports/ledger/executions.ts';
import type { ExecutionPages } from '../../ports/ledger/pages.ts';
import type { Marks } from '../../ports/ledger/marks.ts';
import type { RunStates } from '../../ports/ledger/run-state.ts';
import type { Logger } from '../../ports/logger.ts';
import type { Store } from '../../ports/store.ts';
import type { AttentionNews, Episode } from '../attention/attention-watch.ts';
import type { TaskAttention } from '../attention/task-attention.ts';
import {
  attentionKey,
  begunNotification,
  lateStartNotification,
  longRunEndedNotification,
  manyBegunNotification,
  notLateNotification,
  notOverdueNotification,
} from './attention-texts.ts';

/** More tasks than this at once share a notification. */
const mostAtOnce = 3;
const markName = 'late-starts';
const lateStartsSchema = z.record(z.string(), z.string());

export interface AttentionNotificationsNeeds {
  readonly store: Store;
  readonly ledger: Marks & ExecutionRecords & ExecutionPages & RunStates & SlotClaims;
  readonly settings: { read(): Settings };
  readonly attention: Pick<TaskAttention, 'lateStart'>;
  readonly notifier: Pick<Notifier, 'notify' | 'withdraw'>;
  readonly logger: Logger;
}

/** Notifies of tasks that are late, take too long or are overdue, and when that is over. */
export class AttentionNotifications {
  readonly #needs: AttentionNotificationsNeeds;

  constructor(needs: AttentionNotificationsNeeds) {
    this.#needs = needs;
  }

  /** Tells of the late starts since an ISO instant, at which another process asked for this app. */
  catchUp(since: string): void {
    const { executions } = this.#needs.ledger.list(executionFilterSchema.parse({ since, limit: 1000 }));
    this.executionsChanged(executions);
  }

  attentionChanged({ begun, over }: AttentionNews): void {
    for (const { task, episode } of over) this.#end(task, episode);
    if (begun.length > mostAtOnce) this.#show(manyBegunNotification(begun));
    else for (const each of begun) this.#show(begunNotification(each));
  }

  /** Tells of runs that started too late, each once. */
  executionsChanged(executions: readonly Execution[]): void {
    const { store, attention } = this.#needs;
    if (store.state().state !== 'ok') return;
    const { tasks } = store.read();
    const late = executions.flatMap((execution) => {
      const task = tasks[execution.taskId];
      const lateMs = task === undefined ? null : attention.lateStart(task, execution);
      return lateMs === null ? [] : [{ execution, lateMs }];
    });
    if (late.length === 0) return;
    const told = this.#lateStarts();
    for (const { execution, lateMs } of late) {
      const { taskId, slot } = execution;
      if (slot === null || slot <= (told[taskId] ?? '')) continue;
      told[taskId] = slot;
      this.#show(lateStartNotification(execution, lateMs));
    }
    const known = Object.entries(told).filter(([taskId]) => tasks[taskId] !== undefined);
    this.#needs.ledger.setMark(markName, JSON.stringify(Object.fromEntries(known)));
  }

  /** Another notification may tell it already: of a failure, of missed runs, or of a late start. */
  #end(task: Task | null, episode: Episode): void {
    const end = task === null ? null : this.#endOf(task, episode);
    if (end === null) this.#needs.notifier.withdraw(attentionKey(episode));
    else if (end !== 'told') this.#show(end);
  }

  #endOf(task: Task, { kind, slot, executionId }: Episode): NotificationContent | 'told' | null {
    const { ledger } = this.#needs;
    if (kind === 'late') {
      const record = slot === null ? undefined : ledger.slots(task.id, slot)[0];
      if (record === undefined || record.slot !== slot) return null;
      if (record.state === 'claimed') return 'told';
      const isMissed = record.reason === 'missed' || record.reason === 'catch-up-window';
      return isMissed ? null : notLateNotification(task, record.detail ?? record.reason ?? 'on request');
    }
    if (kind === 'budget' || kind === 'credentials') return null;
    if (kind === 'long') {
      const execution = executionId === null ? null : ledger.get(executionId);
      return execution?.status === 'success' ? longRunEndedNotification(execution) : null;
    }
    const state = ledger.runState([task.id]).get(task.id);
    return state?.lastStatus === 'success' ? notOverdueNotification(task, state.lastExecutionId) : null;
  }

  #lateStarts(): Record<string, string> {
    const mark = this.#needs.ledger.mark(markName);
    if (mark === null) return {};
    try {
      return lateStartsSchema.safeParse(JSON.parse(mark)).data ?? {};
    } catch {
      // Another version's format: at worst a notification is repeated.
      return {};
    }
  }

  #show(notification: NotificationContent): void {
    const { notifier, logger, settings } = this.#needs;
    if (!settings.read().notifyOnAttention) return;
    notifier.notify(notification).then(
      (shown) => shown || logger.warn('A notification could not be shown', { title: notification.title }),
      (problem: unknown) =>
        logger.warn('A notification failed', { title: notification.title, problem: messageOf(problem) }),
    );
  }
}
