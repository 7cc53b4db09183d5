import { executionFilterSchema, type Execution } from '../../contract/execution.ts';
import { dayMs } from '../../domain/durations.ts';
import type { Settings } from '../../contract/settings.ts';
import type { ScheduleFile, Task } from '../../contract/task.ts';
import { messageOf } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { NotificationContent, Notifier } from '../../ports/desktop.ts';
import type { Logger } from '../../ports/logger.ts';
import type { Store } from '../../ports/store.ts';
import type { AuditTrail } from '../../ports/ledger/audit.ts';
import type { ExecutionPages } from '../../ports/ledger/pages.ts';
import type { Marks } from '../../ports/ledger/marks.ts';
import type { RunStates } from '../../ports/ledger/run-state.ts';
import type { SlotClaims } from '../../ports/ledger/claims.ts';
import type { SettledSlot, SlotPlanner } from '../schedule/slot-planner.ts';
import type { TimingFacts } from '../schedule/timing-facts.ts';
import { changeOf } from '../../contract/probe.ts';
import { causeOf, isLastFailure, isUnattended } from './failure-kind.ts';
import { NotificationMemory } from './notification-memory.ts';
import {
  changeNotification,
  failureNotification,
  missedNotification,
  pausedNotification,
  recoveryNotification,
  type Together,
} from './notification-texts.ts';

/** Delay of a notification, so that it can include everything that happens together. */
const gatherMs = 1000;
/** Number of bursts to keep, because they can still grow or be withdrawn. */
const keptBursts = 200;
/** Events older than this get no notification when the app starts. */
const oldestNewsMs = 3 * dayMs;

export interface RunNotificationsNeeds {
  readonly store: Store;
  readonly ledger: AuditTrail & ExecutionPages & Marks & RunStates & SlotClaims;
  readonly clock: Clock;
  readonly settings: { read(): Settings };
  readonly planner: Pick<SlotPlanner, 'policies'>;
  readonly facts: TimingFacts;
  readonly notifier: Pick<Notifier, 'notify' | 'withdraw'>;
  readonly logger: Logger;
}

type Kind = 'failure' | 'recovery';

/** Executions of one group, slot and kind that share a notification. Can grow while the notification is shown. */
interface Burst {
  readonly kind: Kind;
  readonly key: string;
  readonly timingId: string;
  readonly executions: Map<string, Execution>;
}

/**
 * Decides which events get a notification: a failure that no retry follows, the first success after it, a pause after
 * failures, a missed slot. Each cause gets one notification, and failures of one group at one slot share one.
 */
export class RunNotifications {
  readonly #needs: RunNotificationsNeeds;
  readonly #memory: NotificationMemory;
  readonly #bursts = new Map<string, Burst>();
  /** The failure notification of each task, to withdraw it once it is no longer true. */
  readonly #failureKeys = new Map<string, string>();
  readonly #missed = new Map<string, { task: Task; slots: Set<string> }>();
  /** Fingerprint of each paused task when it was last checked. */
  readonly #seenPaused = new Map<string, string>();
  readonly #pending = new Map<string, { readonly cancel: () => void; readonly tell: () => void }>();

  constructor(needs: RunNotificationsNeeds) {
    this.#needs = needs;
    this.#memory = new NotificationMemory(needs);
  }

  /**
   * Shows notifications for what happened while the app was not running.
   * @param since ISO instant to look back to; null for the last time the app ran
   */
  catchUp(since: string | null): void {
    const { clock, ledger } = this.#needs;
    const oldest = new Date(clock.now() - oldestNewsMs).toISOString();
    const from = [since ?? this.#memory.since, oldest].sort().at(-1) ?? oldest;
    const { executions } = ledger.list(executionFilterSchema.parse({ since: from, limit: 1000 }));
    this.executionsChanged(executions.toReversed());
    this.slotsSettled(ledger.missedSlots(from).map(({ taskId, slot }) => ({ taskId, slot, reason: 'missed' })));
    this.scheduleChanged();
    this.#settle();
  }

  executionsChanged(executions: readonly Execution[]): void {
    const file = this.#file();
    for (const execution of executions) this.#learn(execution, file);
    this.#memory.save();
  }

  /** Shows a notification for each task that was paused after failures. */
  scheduleChanged(): void {
    for (const task of Object.values(this.#file()?.tasks ?? {})) {
      if (task.status !== 'paused' || task.policies?.pauseAfterFailures === undefined) continue;
      const seen = `${task.updatedAt ?? ''} ${task.pauseNote ?? ''}`;
      if (this.#seenPaused.get(task.id) === seen) continue;
      this.#seenPaused.set(task.id, seen);
      this.#tellPause(task);
    }
    this.#memory.save();
  }

  slotsSettled(slots: readonly SettledSlot[]): void {
    const file = this.#file();
    for (const { taskId, slot, reason } of slots) {
      const task = file?.tasks[taskId];
      const isNews = reason === 'missed' || reason === 'catch-up-window';
      if (!isNews || task === undefined || this.#memory.knowsMissed(taskId, slot)) continue;
      this.#memory.setMissed(taskId, slot);
      const known = this.#missed.get(taskId) ?? { task, slots: new Set() };
      known.slots.add(slot);
      this.#missed.set(taskId, known);
      this.#soon('missed', () => this.#tellMissed());
    }
    this.#memory.save();
  }

  /** Shows pending notifications at once, because the app is ending. */
  close(): void {
    for (const { cancel, tell } of this.#pending.values()) {
      cancel();
      tell();
    }
    this.#pending.clear();
    this.#settle();
  }

  #settle(): void {
    const file = this.#file();
    if (file === null) return;
    this.#memory.settle(this.#needs.clock.nowIso(), new Set(Object.keys(file.tasks)));
    this.#memory.save();
  }

  #learn(execution: Execution, file: ScheduleFile | null): void {
    const { taskId, startedAt, status, trigger } = execution;
    if (status === 'running' || trigger === 'test' || this.#memory.knows(taskId, startedAt)) return;
    if (status === 'success' || status === 'skipped') return this.#learnSuccess(execution);
    const task = file?.tasks[taskId];
    if (task === undefined || !isUnattended(execution)) return;
    if (!isLastFailure(execution, this.#needs.planner.policies(task).retries)) return;
    const cause = causeOf(execution);
    if (this.#memory.cause(taskId) === cause) return;
    this.#memory.setCause(taskId, cause, startedAt);
    this.#failureKeys.set(taskId, this.#join('failure', execution));
  }

  #learnSuccess(execution: Execution): void {
    const { taskId, startedAt, result } = execution;
    if (isUnattended(execution) && (changeOf(result)?.diff ?? '') !== '') this.#tellChange(execution);
    if (this.#memory.cause(taskId) === null) return;
    this.#memory.setCause(taskId, null, startedAt);
    this.#withdrawFailure(taskId);
    // A person who re-ran the task by hand saw the success.
    if (isUnattended(execution)) this.#join('recovery', execution);
  }

  #join(kind: Kind, execution: Execution): string {
    const { timingId, slot, executionId, taskId } = execution;
    const key = `${kind}:${timingId}:${slot ?? executionId}`;
    // The setting counts at the time of the event, although the notification waits for the rest of the group.
    if (!this.#isWanted(kind)) return key;
    const burst = this.#bursts.get(key) ?? { kind, key, timingId, executions: new Map() };
    burst.executions.set(taskId, execution);
    this.#bursts.set(key, burst);
    for (const old of [...this.#bursts.keys()].slice(0, -keptBursts)) this.#bursts.delete(old);
    this.#soon(key, () => this.#tellBurst(burst));
    return key;
  }

  #isWanted(kind: Kind): boolean {
    const { notifyOnFailure, notifyOnRecovery } = this.#needs.settings.read();
    return kind === 'failure' ? notifyOnFailure : notifyOnRecovery;
  }

  #withdrawFailure(taskId: string): void {
    const key = this.#failureKeys.get(taskId);
    this.#failureKeys.delete(taskId);
    const burst = key === undefined ? undefined : this.#bursts.get(key);
    burst?.executions.delete(taskId);
    if (key !== undefined && (burst?.executions.size ?? 0) === 0) this.#needs.notifier.withdraw(key);
  }

  #tellBurst({ kind, key, timingId, executions }: Burst): void {
    if (executions.size === 0 || !this.#isWanted(kind)) return;
    const timing = this.#file()?.timings[timingId];
    const groupName = timing === undefined ? timingId : this.#needs.facts.of(timing, this.#needs.clock.now()).name;
    const together: Together = { key, groupName, executions: [...executions.values()] };
    this.#show(kind === 'failure' ? failureNotification(together) : recoveryNotification(together));
  }

  #tellPause(task: Task): void {
    const { ledger, settings } = this.#needs;
    const pause = ledger.auditTrail(task.id).findLast(({ action }) => action === 'task.pause');
    if (pause?.author !== 'scheduler' || this.#memory.knowsPause(task.id, pause.at)) return;
    this.#memory.setPause(task.id, pause.at);
    if (!settings.read().notifyOnPause) return;
    // This notification gives the reason, so the one about the failure is withdrawn.
    this.#withdrawFailure(task.id);
    this.#show(pausedNotification(task, ledger.runState([task.id]).get(task.id)?.lastExecutionId ?? null));
  }

  /** Told once: the memory knows the run from now on. */
  #tellChange(execution: Execution): void {
    this.#memory.setKnown(execution.taskId, execution.startedAt);
    if (this.#needs.settings.read().notifyOnChange) this.#show(changeNotification(execution));
  }

  #tellMissed(): void {
    const missed = [...this.#missed.values()].map(({ task, slots }) => ({ task, count: slots.size }));
    this.#missed.clear();
    if (missed.length > 0 && this.#needs.settings.read().notifyOnMissed) this.#show(missedNotification(missed));
  }

  #show(notification: NotificationContent): void {
    const { notifier, logger } = this.#needs;
    notifier.notify(notification).then(
      (shown) => shown || logger.warn('A notification could not be shown', { title: notification.title }),
      (problem: unknown) =>
        logger.warn('A notification failed', { title: notification.title, problem: messageOf(problem) }),
    );
  }

  #soon(key: string, tell: () => void): void {
    if (this.#pending.has(key)) return;
    const cancel = this.#needs.clock.setTimer(() => {
      this.#pending.delete(key);
      tell();
    }, gatherMs);
    this.#pending.set(key, { cancel, tell });
  }

  /** Returns null for an unreadable schedule, which the window reports; its tasks need no notifications. */
  #file(): ScheduleFile | null {
    const { store } = this.#needs;
    return store.state().state === 'ok' ? store.read() : null;
  }
}
