import type { Channel } from '../../contract/alerts/channels.ts';
import type { AlertEvent, RuleKind } from '../../contract/alerts/event.ts';
import type { AlertFilter, AlertTest, SentAlert } from '../../contract/alerts/outbox.ts';
import { secondMs } from '../../domain/durations.ts';
import { SchedulerError } from '../../domain/errors.ts';
import type { StoredAlert } from '../../ports/ledger/alerts.ts';
import { AlertSettingsChanges, usualEventsOf } from '../../services/alerts/alert-settings.ts';
import { testText } from '../../services/alerts/alert-texts.ts';
import { keptMs } from '../../services/alerts/alert-writer.ts';
import type { AlertNotifier } from '../../services/alerts/desktop-delivery.ts';
import { deliveryTo } from '../../services/alerts/delivery.ts';
import { Outbox } from '../../services/alerts/outbox.ts';
import type { SettingsChanges } from '../../services/settings/settings-changes.ts';
import type { Secrets } from '../../services/secrets/secret-vault.ts';
import { loginVariables } from '../login-variables.ts';
import type { Outside } from '../outside.ts';

/** How long a process that ends anyway goes on to begin attempts. */
const partingMs = 5 * secondMs;
/** The end of a log that alerts are cut from, in bytes. */
const outputBytes = 16 * 1024;

/** Where alerts go, and what became of them. */
export interface AlertOperations extends Pick<
  AlertSettingsChanges,
  'list' | 'setChannel' | 'removeChannel' | 'configure'
> {
  /** Returns what a channel receives that no rule names. */
  usualEvents(channel: Pick<Channel, 'kind'>): RuleKind[];
  /**
   * Sends a test to a channel by its name, or to one that is not saved. Never throws for what the receiver does. A test of
   * a saved channel that was sent is among the sent alerts.
   */
  test(which: { readonly name: string } | { readonly channel: Channel }): Promise<AlertTest>;
  sent(filter: AlertFilter): { readonly alerts: SentAlert[]; readonly total: number };
  /** Makes alerts due again at once, and sends them. Returns how many. @throws SchedulerError `usage/alerts` */
  retry(which: { readonly id: string } | { readonly channel: string }): Promise<number>;
  /** Sends what is due, for a few seconds, because this process ends. */
  sendBeforeEnd(): Promise<void>;
  readonly outbox: Pick<Outbox, 'start' | 'stop' | 'wake'>;
}

export interface AlertParts {
  readonly secrets: () => Promise<Secrets>;
  readonly settingsChanges: () => Promise<Pick<SettingsChanges, 'update'>>;
  /** Returns what shows notifications; null if this process has no desktop. */
  readonly notifier: () => AlertNotifier | null;
}

export async function alertOperations(outside: Outside, parts: AlertParts): Promise<AlertOperations> {
  const { ledger, settings, clock, store } = outside;
  const deliver = deliveryTo({
    channels: () => outside.alertChannels(),
    notifier: parts.notifier,
    secret: async (name) => (await parts.secrets()).read(name),
    variables: loginVariables(outside),
  });
  const changes = new AlertSettingsChanges({
    ...{ settings, ledger, clock, store },
    changes: parts.settingsChanges,
    secrets: parts.secrets,
  });
  const outbox = await openOutbox(outside, deliver, parts);
  const send = (): Promise<void> => outbox.sendDue(clock.now() + partingMs);
  return {
    list: () => changes.list(),
    setChannel: (...input) => changes.setChannel(...input),
    removeChannel: (...input) => changes.removeChannel(...input),
    configure: (...input) => changes.configure(...input),
    usualEvents: usualEventsOf,
    test: (which) => testChannel(outside, deliver, which),
    sent: (filter) => ledger.alerts(filter),
    retry: async (which) => {
      const keepUntil = new Date(clock.now() + keptMs).toISOString();
      const retried = ledger.retryAlerts(which, clock.nowIso(), keepUntil);
      if (retried === 0 && 'id' in which) throw unknownAlert(which.id);
      await send();
      return retried;
    },
    sendBeforeEnd: send,
    outbox,
  };
}

async function openOutbox(
  outside: Outside,
  deliver: (channel: Channel, event: AlertEvent) => ReturnType<ReturnType<typeof deliveryTo>>,
  { notifier }: Pick<AlertParts, 'notifier'>,
): Promise<Outbox> {
  const { ledger, settings, clock, random, logger, machine } = outside;
  const [tree, files] = await Promise.all([outside.processTree(), outside.logFiles()]);
  const owner = tree.identify(machine.pid) ?? { pid: machine.pid, startedAt: clock.nowIso() };
  const output = ({ run, kind }: StoredAlert): string | null => {
    const logPath = run === null || kind === 'started' ? null : ledger.get(run.id)?.logPath;
    return logPath == null ? null : files.end(logPath, outputBytes).text;
  };
  const isAlive = (process: Parameters<typeof tree.isAlive>[0]): boolean => tree.isAlive(process);
  const reaches = ({ kind }: Channel): boolean => kind !== 'desktop' || notifier() !== null;
  return new Outbox({ ledger, settings, reaches, clock, random, logger, owner, isAlive, deliver, output });
}

async function testChannel(
  { settings, clock, newId, machine, ledger }: Outside,
  deliver: ReturnType<typeof deliveryTo>,
  which: { readonly name: string } | { readonly channel: Channel },
): Promise<AlertTest> {
  const channel = 'channel' in which ? which.channel : settings.read().alerts.channels[which.name];
  if (channel === undefined) throw unknownChannel('name' in which ? which.name : '', settings.read().alerts.channels);
  const beganMs = clock.now();
  const event: StoredAlert = {
    schema: 'ncp-scheduler.alert/1',
    id: newId(),
    kind: 'test',
    at: clock.nowIso(),
    ...testText,
    machine: machine.hostname,
    task: null,
    run: null,
  };
  const delivery = await deliver(channel, { ...event, output: null, lateMs: null, possiblyTwice: false });
  const ok = delivery.outcome === 'sent';
  if (ok && 'name' in which) ledger.addSentAlert(which.name, { ...event, at: clock.nowIso() });
  return { ok, answer: delivery.answer, tookMs: clock.now() - beganMs };
}

function unknownChannel(name: string, channels: Readonly<Record<string, unknown>>): SchedulerError {
  const known = Object.keys(channels);
  const list = known.length === 0 ? 'There are no channels yet.' : `Channels: ${known.join(', ')}.`;
  return new SchedulerError('usage/alerts', `There is no channel "${name}". ${list}`, { channel: name });
}

function unknownAlert(id: string): SchedulerError {
  const message = `There is no alert "${id}" that waits or was given up. \`ncp-scheduler alerts sent\` lists the ids.`;
  return new SchedulerError('usage/alerts', message, { id });
}
