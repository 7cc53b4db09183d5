import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { alertFilterSchema } from '../../contract/alerts/outbox.ts';
import { anExecution, anOutcome } from '../../testing/ledger-samples.ts';
import { memoryOutside, type MemoryOutside } from '../../testing/memory-outside.ts';
import { addTask } from '../../testing/schedule-samples.ts';
import { policyDefaults } from '../../contract/policy-defaults.ts';
import { resolvePolicies } from '../../domain/policy/resolved-policies.ts';
import { createCore } from '../core.ts';
import { createApplication } from '../create-application.ts';
import { alertBeat, alertWriter } from './alert-parts.ts';

let outside: MemoryOutside;
beforeEach(() => {
  outside = memoryOutside('2026-11-23T08:30:00.000Z');
  outside.store.update((file) => {
    addTask(file, { id: 't1', name: 'Backup', createdAt: '2026-11-01T00:00:00.000Z' });
    addTask(file, { id: 't2', name: 'Re\nport', createdAt: '2026-11-01T00:00:00.000Z', status: 'paused' });
  });
});
afterEach(() => outside.dispose());

/** Does what a process does before it ends, such as one that an OS timer starts. */
async function passBy(): Promise<void> {
  const defaults = { ...policyDefaults, timeoutMs: 1000, doubt: 'mark' } as const;
  const writer = alertWriter(outside, (task) => resolvePolicies(task.policies, undefined, defaults));
  alertBeat(outside, createCore(outside, new AbortController().signal), writer).beat();
  await (await createApplication(outside).alerts()).sendBeforeEnd();
}
const received = () => outside.alerts.received.map(({ event }) => event);

async function setDigest(digest: object): Promise<void> {
  const application = createApplication(outside);
  const alerts = await application.alerts();
  await alerts.setChannel('ops', { kind: 'command', command: ['true'] }, 'cli', { events: ['drift'] });
  await alerts.configure({ digest: { channels: ['ops'], every: 'day', ...digest } }, 'cli');
  await passBy();
}

function ran(id: string, taskName: string, status: 'success' | 'failure', at: string): void {
  outside.ledger.start(anExecution({ executionId: id, taskId: taskName, taskName, startedAt: at }));
  const error = status === 'failure' ? { code: 'shell/exit-code', message: 'disk full' } : null;
  outside.ledger.finish(id, anOutcome({ status, error, completedAt: at }));
}

describe('a digest', () => {
  it('says what ran, failed, was missed and is due, once, whichever process comes first', async () => {
    await setDigest({});
    ran('e1', 'Backup', 'success', '2026-11-23T09:00:00.000Z');
    ran('e2', 'Re\nport', 'failure', '2026-11-23T10:00:00.000Z');
    ran('e3', 'Re\nport', 'failure', '2026-11-23T11:00:00.000Z');
    const missed = { taskId: 't1', slot: '2026-11-23T12:00:00.000Z', reason: 'missed' as const, detail: null };
    outside.clock.set('2026-11-23T12:00:00.000Z');
    outside.ledger.decide([{ ...missed, at: outside.clock.nowIso() }]);
    await passBy();
    expect(received()).toEqual([]);
    outside.clock.set('2026-11-24T08:00:30.000Z');
    await passBy();
    await passBy();
    expect(received()).toMatchObject([
      { kind: 'digest', title: 'Daily digest: 2 of 3 runs failed, 1 missed', lateMs: null },
    ]);
    expect(received()[0]?.message.split('\n')).toEqual([
      'From Mon 23 Nov 8:00 to Tue 24 Nov 8:00.',
      '3 runs: 1 succeeded, 2 failed.',
      'Failed:',
      '- Re port (2 times): disk full',
      'Missed:',
      '- Backup',
      'Next:',
      '- Backup, Tue 24 Nov 9:00',
    ]);
  });

  it('of days without any process is one, which begins where the last one ended and says that it is late', async () => {
    await setDigest({});
    ran('e1', 'Backup', 'success', '2026-11-23T09:00:00.000Z');
    outside.clock.set('2026-11-26T20:00:00.000Z');
    await passBy();
    expect(received()).toMatchObject([
      { title: 'Daily digest: the only run ended without a failure', lateMs: 43_200_000 },
    ]);
    expect(received()[0]?.message).toContain('From Mon 23 Nov 8:00 to Thu 26 Nov 8:00.');
  });

  it('can come once a week, and none comes after it is switched off', async () => {
    await setDigest({ every: 'week', weekday: 3, at: '18:00' });
    outside.clock.set('2026-11-25T17:59:00.000Z');
    await passBy();
    expect(received()).toEqual([]);
    outside.clock.set('2026-11-25T18:00:00.000Z');
    await passBy();
    expect(received()).toMatchObject([{ title: 'Weekly digest: nothing ran' }]);
    await (await createApplication(outside).alerts()).configure({ digest: null }, 'cli');
    outside.clock.set('2026-12-02T18:00:00.000Z');
    await passBy();
    expect(received()).toHaveLength(1);
  });

  it('stays in the outbox until the receiver takes it', async () => {
    await setDigest({});
    outside.alerts.answer = () => ({ outcome: 'failed', answer: 'It answered 503.', mayHaveArrived: false });
    outside.clock.set('2026-11-24T08:00:00.000Z');
    await passBy();
    const { alerts } = outside.ledger.alerts(alertFilterSchema.parse({ channel: 'ops' }));
    expect(alerts).toMatchObject([{ kind: 'digest', state: 'waiting', error: 'It answered 503.' }]);
  });
});
