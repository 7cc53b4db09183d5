import type { Channel } from '../../contract/alerts/channels.ts';
import type { AlertEvent } from '../../contract/alerts/event.ts';
import type { Settings } from '../../contract/settings.ts';
import { nextAttemptMs } from '../../domain/alerts/next-attempt.ts';
import { minuteMs } from '../../domain/durations.ts';
import { messageOf } from '../../domain/errors.ts';
import type { Delivery } from '../../ports/alert-channels.ts';
import type { Clock } from '../../ports/clock.ts';
import type { AlertRecords, AttemptEnd, LeasedAlert, StoredAlert } from '../../ports/ledger/alerts.ts';
import type { Logger } from '../../ports/logger.ts';
import type { ProcessIdentity } from '../../ports/process-tree.ts';

/** Longer than any attempt takes: another process takes over what this one does not end. */
const leaseMs = 2 * minuteMs;
/** An alert that is sent later than this says so. */
const lateAfterMs = minuteMs;
/** The shortest time between two looks of a running app, so that what belongs together is sent together. */
const gatherMs = 1000;

export interface OutboxNeeds {
  readonly ledger: AlertRecords & { watch(listener: () => void): () => void };
  readonly settings: { read(): Settings };
  /** False for a channel that only another process can send to: what waits for it is left alone. */
  readonly reaches: (channel: Channel) => boolean;
  readonly clock: Clock;
  readonly random: () => number;
  readonly owner: ProcessIdentity;
  readonly isAlive: (owner: ProcessIdentity) => boolean;
  /** Resolves the secrets of a channel and sends to it. Never throws. */
  readonly deliver: (channel: Channel, event: AlertEvent) => Promise<Delivery>;
  /** Returns the end of the log that an alert shows, or null. */
  readonly output: (alert: StoredAlert) => string | null;
  readonly logger: Logger;
}

/**
 * Sends what is in the outbox: each channel by itself and in order. Any number of processes may do so at once; a lease in
 * the ledger keeps them apart.
 */
export class Outbox {
  readonly #needs: OutboxNeeds;
  /** The channels that this process sends to now. */
  readonly #busy = new Map<string, Promise<void>>();
  #cancelTimer: (() => void) | null = null;
  #stopWatching: (() => void) | null = null;
  #stopped = false;

  constructor(needs: OutboxNeeds) {
    this.#needs = needs;
  }

  /** Sends everything that is due. Begins no attempt after `untilMs`. Resolves when all attempts have ended. */
  async sendDue(untilMs = Number.MAX_SAFE_INTEGER): Promise<void> {
    for (const { channel } of this.#due()) this.#begin(channel, untilMs);
    await Promise.all(this.#busy.values());
  }

  /** Sends what becomes due until `stop`. */
  start(): void {
    this.#stopWatching ??= this.#needs.ledger.watch(() => this.wake());
    this.wake();
  }

  /** Begins no attempt any more, and waits for those that have begun. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#stopWatching?.();
    this.#stopWatching = null;
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    await Promise.all(this.#busy.values());
  }

  /** Looks again when the next alert is due: after a change that this or another process made. */
  wake(): void {
    if (this.#stopWatching === null) return;
    const { clock } = this.#needs;
    const due = this.#guarded(() => this.#due(), []).filter(({ channel }) => !this.#busy.has(channel));
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    if (due.length === 0) return;
    const firstMs = Math.min(...due.map(({ dueAt }) => Date.parse(dueAt)));
    this.#cancelTimer = clock.setTimer(() => this.#look(), Math.max(gatherMs, firstMs - clock.now()));
  }

  #look(): void {
    this.#cancelTimer = null;
    for (const { channel } of this.#guarded(() => this.#due(), [])) this.#begin(channel, Number.MAX_SAFE_INTEGER);
  }

  #due(): ReturnType<AlertRecords['dueAlerts']> {
    const { ledger, settings, reaches } = this.#needs;
    const due = ledger.dueAlerts();
    if (due.length === 0) return due;
    const { channels } = settings.read().alerts;
    // One that was removed is dropped by any process.
    return due.filter(({ channel }) => channels[channel] === undefined || reaches(channels[channel]));
  }

  #begin(channel: string, untilMs: number): void {
    if (this.#busy.has(channel)) return;
    const sending = this.#drain(channel, untilMs)
      .catch((problem: unknown) =>
        this.#needs.logger.warn('Alerts could not be sent', { channel, problem: messageOf(problem) }),
      )
      .finally(() => {
        this.#busy.delete(channel);
        this.wake();
      });
    this.#busy.set(channel, sending);
  }

  async #drain(name: string, untilMs: number): Promise<void> {
    const { ledger, settings, clock, owner, isAlive } = this.#needs;
    while (clock.now() <= untilMs && !this.#stopped) {
      const channel = settings.read().alerts.channels[name];
      if (channel === undefined || channel.enabled === false) {
        const why = channel === undefined ? 'The channel was removed.' : 'The channel is switched off.';
        ledger.dropAlerts(name, clock.nowIso(), why);
        return;
      }
      const until = new Date(clock.now() + leaseMs).toISOString();
      const alert = ledger.leaseAlert({ channel: name, now: clock.nowIso(), until, owner, isAlive });
      if (alert === null || !(await this.#attempt(channel, alert))) return;
    }
  }

  /** Returns true if the next alert of the channel can follow. */
  async #attempt(channel: Channel, alert: LeasedAlert): Promise<boolean> {
    const { ledger, clock, owner, deliver } = this.#needs;
    const delivery = await deliver(channel, this.#eventOf(alert));
    const end = this.#endOf(delivery, alert, clock.now());
    ledger.endAttempt(alert.sequence, owner, end);
    return end.sent || end.again === null;
  }

  #eventOf({ event, possiblyTwice }: LeasedAlert): AlertEvent {
    const { clock, output } = this.#needs;
    const waitedMs = clock.now() - Date.parse(event.at);
    return { ...event, output: output(event), lateMs: waitedMs > lateAfterMs ? waitedMs : null, possiblyTwice };
  }

  #endOf(delivery: Delivery, { attempt, expiresAt }: LeasedAlert, nowMs: number): AttemptEnd {
    const at = new Date(nowMs).toISOString();
    if (delivery.outcome === 'sent') return { sent: true, at };
    const error = delivery.answer;
    if (delivery.outcome === 'refused') return { sent: false, at, error, again: null, mayHaveArrived: false };
    const waitMs = nextAttemptMs(attempt, delivery.askedMs ?? 0, this.#needs.random());
    // The last attempt is at the limit, whatever the receiver asked for.
    const limitMs = Date.parse(expiresAt);
    const again = nowMs >= limitMs ? null : new Date(Math.min(nowMs + waitMs, limitMs)).toISOString();
    return { sent: false, at, error, again, mayHaveArrived: delivery.mayHaveArrived };
  }

  #guarded<T>(read: () => T, otherwise: T): T {
    try {
      return read();
    } catch (problem) {
      this.#needs.logger.warn('The outbox could not be read', { problem: messageOf(problem) });
      return otherwise;
    }
  }
}
