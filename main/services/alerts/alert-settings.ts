import { createHash } from 'node:crypto';
import { secretFields, type Channel } from '../../contract/alerts/channels.ts';
import type { RuleKind } from '../../contract/alerts/event.ts';
import type { AlertRule, AlertSettings } from '../../contract/alerts/rules.ts';
import type { AlertsAnswer, RemovedChannel } from '../../contract/alerts/outbox.ts';
import type { Settings } from '../../contract/settings.ts';
import { SchedulerError } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { AlertRecords } from '../../ports/ledger/alerts.ts';
import type { SettingsChanges } from '../settings/settings-changes.ts';
import type { Secrets } from '../secrets/secret-vault.ts';
import type { Store } from '../../ports/store.ts';
import { unusedSecrets } from './unused-secrets.ts';

/** What a new channel receives until a person writes rules for it. */
const usualEvents: readonly RuleKind[] = [
  'failed',
  'doubtful',
  'recovered',
  'changed',
  'missed',
  'late',
  'long',
  'overdue',
  'budget',
  'credentials',
  'paused',
];
const pingEvents: readonly RuleKind[] = ['started', 'succeeded', 'failed'];

/** The events of a channel without a rule of its own. */
export const usualEventsOf = ({ kind }: Pick<Channel, 'kind'>): RuleKind[] => [
  ...(kind === 'healthchecks' ? pingEvents : usualEvents),
  // A desktop is where the approval can be given.
  ...(kind === 'desktop' ? (['proposal'] as const) : []),
];

export type AlertChange = {
  readonly [K in 'rules' | 'overrides' | 'heartbeat' | 'digest']?: AlertSettings[K] | null | undefined;
};

export interface AlertSettingsNeeds {
  readonly settings: { read(): Settings };
  readonly changes: () => Promise<Pick<SettingsChanges, 'update'>>;
  readonly secrets: () => Promise<Pick<Secrets, 'set' | 'list'>>;
  readonly store: Pick<Store, 'state' | 'read'>;
  readonly ledger: AlertRecords;
  readonly clock: Clock;
}

/** Changes where alerts go and which. Each change is in the history and can be undone. */
export class AlertSettingsChanges {
  readonly #needs: AlertSettingsNeeds;

  constructor(needs: AlertSettingsNeeds) {
    this.#needs = needs;
  }

  list(): AlertsAnswer {
    const { alerts } = this.#needs.settings.read();
    const known = new Map(this.#needs.ledger.alertStates().map((state) => [state.name, state]));
    const fresh = { waiting: 0, dropped: 0, lastSentAt: null, problem: null };
    const names = Object.keys(alerts.channels).sort((a, b) => a.localeCompare(b));
    return { alerts, states: names.map((name) => known.get(name) ?? { name, ...fresh }) };
  }

  /**
   * Adds a channel or replaces it. Plain text in its secret fields is stored as a secret. A new channel that no rule names
   * gets a rule of its own: `rule`, or the usual events of all tasks.
   * @throws SchedulerError `secret/unavailable`, `usage/settings`, `usage/alerts`, `store/…`.
   */
  async setChannel(name: string, channel: Channel, author: string, rule?: Partial<AlertRule>): Promise<AlertsAnswer> {
    const { alerts } = this.#needs.settings.read();
    const isNamed = alerts.rules.some(({ channels }) => channels.includes(name));
    const own = { events: usualEventsOf(channel), ...rule, channels: [name] };
    const rules = isNamed && rule === undefined ? alerts.rules : [...alerts.rules, own];
    const stored = await this.#withStoredSecrets(name, channel);
    return this.#save({ ...alerts, channels: { ...alerts.channels, [name]: stored }, rules }, author);
  }

  /**
   * Removes a channel, and says which secrets nothing uses any more: they are kept, so that an undo brings the channel back.
   * @throws SchedulerError `usage/alerts` if there is no such channel.
   */
  async removeChannel(name: string, author: string): Promise<RemovedChannel> {
    const { alerts } = this.#needs.settings.read();
    this.#assertKnown([name], alerts);
    const { [name]: removed, ...channels } = alerts.channels;
    const without = <T extends { readonly channels: readonly string[] }>(all: readonly T[]) =>
      all
        .map((each) => ({ ...each, channels: each.channels.filter((channel) => channel !== name) }))
        .filter((each) => each.channels.length > 0);
    const { heartbeat, digest, ...rest } = alerts;
    const [keptHeartbeat] = without(heartbeat === undefined ? [] : [heartbeat]);
    const [keptDigest] = without(digest === undefined ? [] : [digest]);
    const overrides = Object.fromEntries(
      Object.entries(alerts.overrides).map(([task, { channels: own }]) => [
        task,
        { channels: own.filter((channel) => channel !== name) },
      ]),
    );
    const changed = {
      ...rest,
      channels,
      overrides,
      rules: without(alerts.rules),
      ...(keptHeartbeat && { heartbeat: keptHeartbeat }),
      ...(keptDigest && { digest: keptDigest }),
    };
    const answer = await this.#save(changed, author);
    this.#needs.ledger.dropAlerts(name, this.#needs.clock.nowIso(), 'The channel was removed.');
    const stored = (await this.#needs.secrets()).list().secrets.map((secret) => secret.name);
    return { ...answer, unusedSecrets: unusedSecrets(removed, stored, this.#needs) };
  }

  /** Changes what is given; null removes it. @throws SchedulerError `usage/alerts` for a channel that does not exist. */
  async configure(change: AlertChange, author: string): Promise<AlertsAnswer> {
    const { alerts } = this.#needs.settings.read();
    const given = Object.entries(change).filter(([, value]) => value !== undefined);
    const kept = Object.entries(alerts).filter(([field]) => (change as Record<string, unknown>)[field] !== null);
    const changed = Object.fromEntries([...kept, ...given.filter(([, value]) => value !== null)]);
    const next = { rules: [], overrides: {}, ...changed } as unknown as AlertSettings;
    this.#assertKnown(
      [
        ...next.rules.flatMap(({ channels }) => channels),
        ...Object.values(next.overrides).flatMap(({ channels }) => channels),
        ...(next.heartbeat?.channels ?? []),
        ...(next.digest?.channels ?? []),
      ],
      alerts,
    );
    return this.#save(next, author);
  }

  async #save(alerts: AlertSettings, author: string): Promise<AlertsAnswer> {
    (await this.#needs.changes()).update({ alerts }, author);
    return this.list();
  }

  async #withStoredSecrets(name: string, channel: Channel): Promise<Channel> {
    const stored: Record<string, unknown> = { ...channel };
    for (const field of secretFields[channel.kind]) {
      const value = stored[field];
      if (typeof value !== 'string' || value.includes('${secret:')) continue;
      const secret = secretNameOf(name, field);
      (await this.#needs.secrets()).set(secret, value);
      stored[field] = `\${secret:${secret}}`;
    }
    return stored as Channel;
  }

  #assertKnown(names: readonly string[], { channels }: AlertSettings): void {
    const unknown = names.find((name) => channels[name] === undefined);
    if (unknown === undefined) return;
    const known = Object.keys(channels);
    const list = known.length === 0 ? 'There are no channels yet.' : `Channels: ${known.join(', ')}.`;
    throw new SchedulerError('usage/alerts', `There is no channel "${unknown}". ${list}`, { channel: unknown });
  }
}

/** Returns `ALERT_ops_URL` for the channel `ops`. Channels with different names have different secrets. */
function secretNameOf(channel: string, field: string): string {
  const snake = field.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase();
  const isPlain = /^[A-Za-z0-9]{1,60}$/.test(channel);
  const hash = createHash('sha256').update(channel).digest('hex').slice(0, 8);
  const name = isPlain ? channel : `${channel.replaceAll(/[^A-Za-z0-9]+/g, '_')}_${hash}`;
  return `ALERT_${name}_${snake}`;
}
