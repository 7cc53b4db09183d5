import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { alertFilterSchema } from '../../contract/alerts/outbox.ts';
import { memoryOutside, type MemoryOutside } from '../../testing/memory-outside.ts';
import { quietListener } from '../../testing/memory-application.ts';
import { addTask } from '../../testing/schedule-samples.ts';
import type { Application } from '../application.ts';
import { createApplication } from '../create-application.ts';

const address = 'https://example.org/hook/key-1234';
const hook = { kind: 'webhook', url: address } as const;
const slot = '2026-11-23T09:00:00.000Z';

let outside: MemoryOutside;
let application: Application;

beforeEach(() => {
  outside = memoryOutside(slot);
  outside.store.update((file) =>
    addTask(file, {
      id: 't1',
      name: 'Backup',
      createdAt: '2026-11-23T08:30:00.000Z',
      parameters: { command: 'exit 3' },
    }),
  );
  application = createApplication(outside);
});
afterEach(() => outside.dispose());

const alerts = () => application.alerts();
const titles = () => outside.alerts.received.map(({ event }) => event.title);
const fire = async (): Promise<void> => void (await (await application.runs()).fire('daily-9am', slot));
const refusing = () => ({ outcome: 'failed', answer: 'It answered 503.', mayHaveArrived: false }) as const;

describe('a run that fails while no app is running', () => {
  it('is sent by the process that ran it, before that ends', async () => {
    await (await alerts()).setChannel('ops', hook, 'cli');
    await fire();
    expect(titles()).toEqual([]);
    await application.close();
    expect(titles()).toEqual(['Backup failed']);
    expect(outside.alerts.received[0]).toMatchObject({
      channel: { url: address },
      event: { kind: 'failed', machine: 'box', task: { id: 't1' }, run: { exitCode: 3 }, possiblyTwice: false },
    });
  });

  it('waits in the outbox if the receiver does not answer, and is sent late by the next process', async () => {
    await (await alerts()).setChannel('ops', hook, 'cli');
    outside.alerts.answer = refusing;
    await fire();
    await (await alerts()).sendBeforeEnd();
    expect((await alerts()).list().states).toMatchObject([{ waiting: 1, problem: 'It answered 503.' }]);
    outside.clock.advance(3_600_000);
    outside.alerts.answer = () => ({ outcome: 'sent', answer: 'ok' });
    await (await createApplication(outside).alerts()).sendBeforeEnd();
    expect(outside.alerts.received[0]?.event.lateMs).toBe(3_600_000);
  });

  it('is written with its outcome although the alert cannot be', async () => {
    await (await alerts()).setChannel('ops', hook, 'cli');
    const addAlerts = (): never => {
      throw new Error('no alert');
    };
    application = createApplication({ ...outside, ledger: { ...outside.ledger, addAlerts } });
    await fire();
    expect(outside.ledger.runState(['t1']).get('t1')).toMatchObject({ consecutiveFailures: 1, running: 0 });
  });
});

it('the primary sends what its runs tell, and what other processes left', async () => {
  await (await alerts()).setChannel('ops', hook, 'cli');
  await fire();
  const primary = await application.lead({ listener: quietListener, show: () => undefined });
  primary.start();
  const afterASecond = (): string[] => {
    outside.clock.advance(1000);
    return titles();
  };
  await expect.poll(afterASecond).toEqual(['Backup failed']);
  await primary.stop();
});

describe('a channel', () => {
  it('keeps its address as a secret: the settings, the history and the answers hold a reference', async () => {
    const answer = await (await alerts()).setChannel('ops', hook, 'cli');
    expect(answer.alerts.channels['ops']).toEqual({ ...hook, url: '${secret:ALERT_ops_URL}' });
    const kept = JSON.stringify([outside.settings.read(), outside.ledger.changes({}, 10), answer]);
    expect(kept).not.toContain('key-1234');
  });

  it('gets a rule for what most people want, unless a rule names it', async () => {
    await (await alerts()).setChannel('ops', hook, 'cli');
    const { alerts: after } = await (await alerts()).setChannel('ops', { ...hook, method: 'PUT' }, 'cli');
    expect(after.rules.map(({ channels }) => channels)).toEqual([['ops']]);
  });

  it('is tested at once, and the answer contains no secret', async () => {
    await (await alerts()).setChannel('ops', hook, 'cli');
    outside.alerts.answer = () => ({ outcome: 'failed', answer: `no route to ${address}`, mayHaveArrived: false });
    expect(await (await alerts()).test({ name: 'ops' })).toMatchObject({ ok: false, answer: 'no route to ***' });
    await expect((await alerts()).test({ name: 'mail' })).rejects.toThrow('There is no channel "mail". Channels: ops.');
  });

  it('that is removed leaves every rule, and drops what waits for it', async () => {
    const operations = await alerts();
    await operations.setChannel('ops', hook, 'cli');
    await operations.setChannel('mail', { kind: 'command', command: ['mail'] }, 'cli');
    await operations.configure(
      { heartbeat: { channels: ['ops', 'mail'] }, overrides: { t1: { channels: ['ops'] } } },
      'cli',
    );
    await fire();
    const { alerts: after } = await operations.removeChannel('ops', 'cli');
    expect(after).toMatchObject({ heartbeat: { channels: ['mail'] }, overrides: { t1: { channels: [] } } });
    expect(after.rules).toMatchObject([{ channels: ['mail'] }]);
    expect(operations.sent(alertFilterSchema.parse({})).alerts).toMatchObject([
      { state: 'dropped', error: 'The channel was removed.' },
    ]);
  });

  it('must exist before a rule names it', async () => {
    const rules = [{ events: ['failed' as const], channels: ['nobody'] }];
    await expect((await alerts()).configure({ rules }, 'cli')).rejects.toThrow('There is no channel "nobody".');
  });

  it('that refused an alert gets it again on request', async () => {
    const operations = await alerts();
    await operations.setChannel('ops', hook, 'cli');
    outside.alerts.answer = () => ({ outcome: 'refused', answer: 'It answered 400.' });
    await fire();
    await operations.sendBeforeEnd();
    const [dropped] = operations.sent(alertFilterSchema.parse({ state: 'dropped' })).alerts;
    expect(dropped).toMatchObject({ error: 'It answered 400.' });
    outside.alerts.answer = () => ({ outcome: 'sent', answer: 'ok' });
    expect(await operations.retry({ id: dropped?.id ?? '' })).toBe(1);
    expect(titles()).toEqual(['Backup failed']);
    await expect(operations.retry({ id: 'x' })).rejects.toThrow('There is no alert "x"');
  });
});

it('a heartbeat is sent while a primary runs, one after the other, and never piles up', async () => {
  await (await alerts()).setChannel('ops', hook, 'cli');
  await (await alerts()).configure({ rules: [], heartbeat: { channels: ['ops'], everyMs: 60_000 } }, 'cli');
  outside.alerts.answer = refusing;
  const primary = await application.lead({ listener: quietListener, show: () => undefined });
  primary.start();
  for (let minute = 0; minute < 30; minute += 1) {
    outside.clock.advance(60_000);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await primary.stop();
  const all = (await alerts()).sent(alertFilterSchema.parse({})).alerts;
  expect(all.filter(({ state }) => state === 'waiting').length).toBeLessThanOrEqual(1);
  expect(all.map(({ kind }) => kind)).toContain('heartbeat');
});
