import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { alertFilterSchema } from '../../contract/alerts/outbox.ts';
import type { Ledger } from '../../ports/ledger/ledger.ts';
import { anAlert, slotAt } from '../ledger-samples.ts';

const me = { pid: 1, startedAt: 'a' };
const other = { pid: 2, startedAt: 'b' };

/** Checks what every `Ledger` must do as an outbox. */
export function ledgerAlertsContract(open: () => Ledger): void {
  let ledger: Ledger;
  beforeEach(() => {
    ledger = open();
  });
  afterEach(() => {
    ledger.close();
  });

  const add = (id: string, change: Parameters<typeof anAlert>[0] = {}): void =>
    ledger.addAlerts([anAlert({ ...change, event: { ...change.event, id } })]);
  const lease = (minute: number, owner = me, alive = true, channel = 'ops') =>
    ledger.leaseAlert({ channel, now: slotAt(minute), until: slotAt(minute + 1), owner, isAlive: () => alive });
  const failed = { sent: false, at: slotAt(1), error: 'no', again: slotAt(5), mayHaveArrived: false } as const;
  const all = () => ledger.alerts(alertFilterSchema.parse({})).alerts.toReversed();

  describe('the outbox', () => {
    it('is part of the transaction of what it tells', () => {
      expect(() =>
        ledger.together(() => {
          add('a');
          throw new Error('the outcome was not written');
        }),
      ).toThrow();
      expect(all()).toEqual([]);
    });

    it('gives the alerts of a channel in order, one at a time, and blocks no other channel', () => {
      add('a');
      add('b');
      add('c', { channel: 'mail' });
      const first = lease(1);
      expect(first?.event.id).toBe('a');
      expect(lease(1, other)).toBeNull();
      expect(lease(1, other, true, 'mail')?.event.id).toBe('c');
      ledger.endAttempt(first?.sequence ?? 0, me, { sent: true, at: slotAt(1) });
      expect(lease(1, other)?.event.id).toBe('b');
    });

    it('lists a test as sent, and does not send it again', () => {
      ledger.addSentAlert('ops', anAlert({ event: { id: 't', kind: 'test', at: slotAt(3) } }).event);
      expect(all()).toMatchObject([{ id: 't', kind: 'test', state: 'sent', attempts: 1, endedAt: slotAt(3) }]);
      expect(ledger.alertStates()).toMatchObject([{ name: 'ops', waiting: 0, lastSentAt: slotAt(3), problem: null }]);
      expect(ledger.dueAlerts()).toEqual([]);
    });

    it('waits with the whole channel until a failed attempt is repeated, and keeps the words of the receiver', () => {
      add('a');
      add('b');
      const first = lease(1);
      ledger.endAttempt(first?.sequence ?? 0, me, failed);
      expect(ledger.dueAlerts()).toEqual([{ channel: 'ops', dueAt: slotAt(5) }]);
      expect(lease(4)).toBeNull();
      expect(all()[0]).toMatchObject({ state: 'waiting', error: 'no', attempts: 1, possiblyTwice: false });
      expect(lease(5)).toMatchObject({ event: { id: 'a' }, attempt: 2, possiblyTwice: false });
    });

    it('takes over what a dead process or an ended lease left, as possibly sent twice', () => {
      add('a');
      lease(1, other);
      expect(lease(1, me, false)).toMatchObject({ attempt: 2, possiblyTwice: true });
      expect(lease(3, other)).toMatchObject({ attempt: 3, possiblyTwice: true });
      expect(all()[0]?.possiblyTwice).toBe(true);
    });

    it('does not accept the end of an attempt whose lease was lost', () => {
      add('a');
      const lost = lease(1, other);
      lease(3, me);
      ledger.endAttempt(lost?.sequence ?? 0, other, failed);
      expect(all()[0]?.state).toBe('sending');
    });

    it('remembers that an alert may have arrived', () => {
      add('a');
      ledger.endAttempt(lease(1)?.sequence ?? 0, me, { ...failed, mayHaveArrived: true });
      expect(lease(5)?.possiblyTwice).toBe(true);
    });

    it('sends nothing before quiet hours are over, and what has none before it', () => {
      add('quiet', { notBefore: slotAt(30) });
      add('now');
      expect(lease(1)?.event.id).toBe('now');
      ledger.endAttempt(2, me, { sent: true, at: slotAt(1) });
      expect(lease(29)).toBeNull();
      expect(lease(30)?.event.id).toBe('quiet');
    });

    it('gives up an alert after its limit, but tries each at least once', () => {
      add('a', { expiresAt: slotAt(10) });
      add('b', { expiresAt: slotAt(10) });
      ledger.endAttempt(lease(1)?.sequence ?? 0, me, failed);
      expect(lease(20)?.event.id).toBe('b');
      expect(all()[0]).toMatchObject({ state: 'dropped', error: 'It could not be sent in time. no' });
      expect(ledger.alertStates()).toEqual([
        {
          name: 'ops',
          waiting: 1,
          dropped: 1,
          lastSentAt: null,
          problem: 'It could not be sent in time. no',
        },
      ]);
    });

    it('tries what was given up again on request, in its old place', () => {
      add('a');
      ledger.endAttempt(lease(1)?.sequence ?? 0, me, { ...failed, again: null });
      add('b');
      expect(ledger.retryAlerts({ id: 'a' }, slotAt(2), slotAt(50))).toBe(1);
      expect(lease(2)?.event.id).toBe('a');
      expect(ledger.retryAlerts({ id: 'a' }, slotAt(2), slotAt(50))).toBe(0);
      expect(ledger.retryAlerts({ channel: 'ops' }, slotAt(2), slotAt(50))).toBe(1);
    });

    it('drops what waits for a channel, and removes what has ended long ago', () => {
      add('a');
      add('b', { channel: 'mail' });
      expect(ledger.dropAlerts('ops', slotAt(1), 'removed')).toBe(1);
      expect(ledger.removeAlerts(slotAt(1))).toBe(0);
      expect(ledger.removeAlerts(slotAt(2))).toBe(1);
      expect(all().map(({ id }) => id)).toEqual(['b']);
    });

    it('lists by channel, state and task', () => {
      add('a');
      add('b', { channel: 'mail', event: { task: null } });
      const ids = (filter: object) => ledger.alerts(alertFilterSchema.parse(filter)).alerts.map(({ id }) => id);
      expect(ids({ channel: 'mail' })).toEqual(['b']);
      expect(ids({ state: 'sent' })).toEqual([]);
      expect(ids({ taskId: 't1' })).toEqual(['a']);
      expect(ledger.alerts(alertFilterSchema.parse({ limit: 1 }))).toMatchObject({ total: 2, alerts: [{ id: 'b' }] });
    });

    it('remembers the cause that each channel received, until the task recovers', () => {
      ledger.setToldCause('t1', 'ops', 'x');
      ledger.setToldCause('t1', 'ops', 'y');
      expect([...ledger.toldCauses('t1')]).toEqual([['ops', 'y']]);
      ledger.clearToldCauses('t1');
      expect(ledger.toldCauses('t1').size).toBe(0);
    });
  });
}
