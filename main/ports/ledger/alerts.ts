import type { AlertEvent } from '../../contract/alerts/event.ts';
import type { AlertFilter, ChannelState, SentAlert } from '../../contract/alerts/outbox.ts';
import type { ProcessIdentity } from '../process-tree.ts';

/** What happened, as it is stored. What depends on the moment of sending is added then. */
export type StoredAlert = Omit<AlertEvent, 'output' | 'lateMs' | 'possiblyTwice'>;

/** One alert for one channel. */
export interface NewAlert {
  readonly channel: string;
  /** With an `id` of its own: what goes to two channels is two alerts. */
  readonly event: StoredAlert;
  /** ISO instant before which it is not sent: now, or the end of quiet hours. */
  readonly notBefore: string;
  /** ISO instant after which it is given up, if it was tried at least once. */
  readonly expiresAt: string;
}

/** An alert that this process may send until its lease ends. */
export interface LeasedAlert {
  readonly sequence: number;
  readonly event: StoredAlert;
  /** Number of this attempt, from 1. */
  readonly attempt: number;
  readonly expiresAt: string;
  readonly possiblyTwice: boolean;
}

/** How an attempt ended. `again` says when to try the next one; null gives up. */
export type AttemptEnd =
  | { readonly sent: true; readonly at: string }
  | {
      readonly sent: false;
      readonly at: string;
      readonly error: string;
      readonly again: string | null;
      /** The receiver may have got it all the same. */
      readonly mayHaveArrived: boolean;
    };

export interface LeaseRequest {
  readonly channel: string;
  readonly now: string;
  /** ISO instant at which another process may take it. */
  readonly until: string;
  readonly owner: ProcessIdentity;
  readonly isAlive: (owner: ProcessIdentity) => boolean;
}

/** The outbox: alerts that wait to be sent, in order for each channel, and those that were. */
export interface AlertRecords {
  /**
   * Runs `action` in one transaction of this process; inside another one, it is undone alone if it throws. Runs it again if
   * a damaged ledger was repaired meanwhile, so it must only write the ledger.
   */
  together<T>(action: () => T): T;
  /** Adds alerts. Part of the same transaction as what they tell, if called within `together`. */
  addAlerts(alerts: readonly NewAlert[]): void;
  /** Adds an alert that was sent outside the outbox at `event.at`: the test of a channel. */
  addSentAlert(channel: string, event: StoredAlert): void;
  /**
   * Returns when the first alert of each channel is due, as ISO instants; for one that is being sent, when its lease ends.
   * Channels without one are left out.
   */
  dueAlerts(): { readonly channel: string; readonly dueAt: string }[];
  /**
   * Takes the first alert of a channel for sending, so that no other process sends it; null if there is none, if it is
   * not due, or if a living process sends it. Gives up those before it that have expired. One whose process died while it
   * sent it is possibly sent twice.
   */
  leaseAlert(request: LeaseRequest): LeasedAlert | null;
  /** Records how an attempt ended. Does nothing if the lease was lost. */
  endAttempt(sequence: number, owner: ProcessIdentity, end: AttemptEnd): void;
  /** Gives up what waits for a channel, with a reason. Returns how many. */
  dropAlerts(channel: string, at: string, reason: string): number;
  /** Makes alerts due at `now` that wait or were given up, with `keepUntil` as their new limit. Returns how many. */
  retryAlerts(which: { readonly id: string } | { readonly channel: string }, now: string, keepUntil: string): number;
  /** Returns one page, newest first, and the number of all that match. */
  alerts(filter: AlertFilter): { alerts: SentAlert[]; total: number };
  /** Returns the state of each channel that has alerts, by name. */
  alertStates(): ChannelState[];
  /** Removes alerts that were sent or given up before `before`. Returns how many. */
  removeAlerts(before: string): number;
  /** Returns the cause of the open failure of a task that each channel has received, by channel. */
  toldCauses(taskId: string): Map<string, string>;
  setToldCause(taskId: string, channel: string, cause: string): void;
  /** Forgets the causes of a task: it recovered. */
  clearToldCauses(taskId: string): void;
}
