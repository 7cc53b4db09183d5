import type { StoredAlert } from '../../ports/ledger/alerts.ts';
import { anAlertEvent } from '../alert-samples.ts';
import type { Place } from './scenarios.ts';

const hourMs = 3_600_000;

/** Adds channels that work, fail and are switched off, rules of each kind, and alerts in each state. */
export async function addAlerts({ outside, application }: Place): Promise<void> {
  const alerts = await application.alerts();
  const [first, second] = Object.values(outside.store.read().tasks);
  if (first === undefined || second === undefined) throw new Error('the scenario has too few tasks');
  await alerts.setChannel('ops', { kind: 'webhook', template: 'slack', url: 'https://hooks.slack.com/1' }, 'window');
  await alerts.setChannel(
    'phone',
    { kind: 'webhook', template: 'ntfy', url: 'https://ntfy.example.org/ada' },
    'window',
    {
      events: ['failed', 'missed'],
      tasks: [first.id],
      groups: [second.timingId],
      afterFailures: 3,
      quietHours: { from: '22:00', to: '07:00' },
    },
  );
  const mail = { host: 'mail.example.org', from: 'ada@example.org', to: ['ada@example.org'] };
  await alerts.setChannel('mail', { kind: 'email', ...mail, enabled: false }, 'window');
  await alerts.configure({ overrides: { [second.id]: { channels: ['ops'] } } }, 'window');
  const event = (id: string, hoursAgo: number, change: Partial<StoredAlert>): StoredAlert => {
    const { output: _output, lateMs: _late, possiblyTwice: _twice, ...stored } = anAlertEvent();
    return { ...stored, id, at: new Date(outside.clock.now() - hoursAgo * hourMs).toISOString(), run: null, ...change };
  };
  const task = { id: first.id, name: first.name, group: first.timingId, tags: [] };
  const failure = { task, title: `${first.name} failed`, message: 'disk full (exit code 3)' };
  const until = new Date(outside.clock.now() + 72 * hourMs).toISOString();
  outside.ledger.addAlerts(
    [
      { channel: 'ops', event: event('a1', 26, failure) },
      { channel: 'ops', event: event('a2', 3, { ...failure, kind: 'recovered', title: `${first.name} works again` }) },
      { channel: 'phone', event: event('a3', 1, failure) },
    ].map((alert) => ({ ...alert, notBefore: alert.event.at, expiresAt: until })),
  );
  outside.alerts.answer = ({ id }) =>
    id === 'a3'
      ? {
          outcome: 'failed',
          answer: 'ntfy.example.org answered 503 (an error of the receiver). It said: maintenance',
          mayHaveArrived: false,
        }
      : { outcome: 'sent', answer: 'hooks.slack.com answered 200. It said: ok' };
  await alerts.sendBeforeEnd();
}
