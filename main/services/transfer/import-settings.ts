import { isDeepStrictEqual } from 'node:util';
import { settingFacts } from '../../contract/setting-facts.ts';
import { settingsSchema } from '../../contract/settings.ts';
import type { McpServer, SettingName, Settings } from '../../contract/settings.ts';
import type { ImportAction, ImportChange, ImportOptions } from '../../contract/transfer.ts';
import { valueWords } from '../../domain/words/value-words.ts';
import { closestField } from '../../domain/words/closest.ts';
import { unknownFields } from '../tasks/unknown-fields.ts';
import type { ImportSource } from './import-source.ts';
import { uncheckedSetting } from './own-file/unchecked-settings.ts';
import { fieldText, schemaProblems } from './own-file/unknown-notes.ts';
import { isRecord } from './secrets.ts';

export interface ImportedSettings {
  readonly changes: ImportChange[];
  /** The changes for the settings store; empty if there are none. */
  readonly change: Partial<Settings>;
}

/** Why a setting is not imported. */
const reasonsToKeep = {
  machine: 'This setting belongs to one machine and is not imported. Change it here in the settings.',
  rights: 'A file cannot give permissions to agents. Set them here, in Settings, Agents.',
} as const;
/** An unknown setting may give rights in a version that knows it, so only these are imported. */
const known: ReadonlySet<string> = new Set(Object.keys(settingsSchema.shape));
const isKnown = (name: string): name is SettingName => known.has(name);

/**
 * Returns what the file's settings and servers would change here. By default, a setting that was changed here stays.
 */
export function importSettings(source: ImportSource, present: Settings, options: ImportOptions): ImportedSettings {
  if (!options.settings) return { changes: [], change: {} };
  const { mcpServers, calendars, ...settings } = source.settings;
  const changes: ImportChange[] = [];
  const change: Record<string, unknown> = {};
  const isUnchecked = source.elsewhere && !options.keepActive;
  for (const [name, given] of Object.entries(settings)) {
    const { value, notes } = isUnchecked ? uncheckedSetting(name, given) : { value: given, notes: [] };
    const planned = planSetting(name, value, present, options);
    changes.push(takes(planned) ? { ...planned, notes } : planned);
    if (takes(planned)) change[name] = value;
  }
  if (calendars !== undefined && !isRecord(calendars))
    changes.push(planSetting('calendars', calendars, present, options));
  const days: Record<string, unknown> = { ...present.calendars };
  for (const [name, calendar] of isRecord(calendars) ? Object.entries(calendars) : []) {
    const planned = planCalendar(name, calendar, present, options);
    changes.push(takes(planned) && source.elsewhere ? { ...planned, notes: readNotes(calendar) } : planned);
    if (takes(planned)) change['calendars'] = Object.assign(days, { [name]: calendar });
  }
  const servers: Record<string, McpServer> = { ...present.mcpServers };
  let changed = false;
  if (mcpServers !== undefined && !isRecord(mcpServers))
    changes.push(planSetting('mcpServers', mcpServers, present, options));
  for (const [name, server] of isRecord(mcpServers) ? Object.entries(mcpServers) : []) {
    const planned = planServer(name, server, present, source, options);
    changes.push(planned);
    if (!takes(planned)) continue;
    changed = true;
    servers[name] = server as McpServer;
  }
  return { changes, change: changed ? { ...change, mcpServers: servers } : change };
}

const takes = ({ action }: ImportChange): boolean => action === 'add' || action === 'replace';

function planSetting(name: string, value: unknown, present: Settings, options: ImportOptions): ImportChange {
  const base = {
    what: 'setting',
    key: `setting:${name}`,
    name,
    runs: valueWords(value),
    fields: [],
    notes: [],
  } as const;
  const refused = (reason: string): ImportChange => ({ ...emptied(base), action: 'refused', choices: [], reason });
  const checked = settingsSchema.safeParse({ ...present, [name]: value });
  if (!checked.success) return refused(`${schemaProblems(checked.error)}.`);
  if (!isKnown(name)) return refused(noSuchSetting(name));
  const { imported } = settingFacts[name];
  if (imported !== 'yes') return refused(reasonsToKeep[imported]);
  const unknown = unknownParts({ [name]: value });
  if (unknown !== null) return refused(unknown);
  const here: unknown = present[name];
  if (isDeepStrictEqual(here, value))
    return { ...emptied(base), action: 'skip', choices: [], reason: 'It is already the same here.' };
  const isDefault =
    here === undefined || isDeepStrictEqual(here, (settingsSchema.parse({}) as Record<string, unknown>)[name]);
  const reason = isDefault ? undefined : `It is ${valueWords(here)} here.`;
  return { ...emptied(base), ...decided(base.key, isDefault, options), ...(reason === undefined ? {} : { reason }) };
}

function noSuchSetting(name: string): string {
  const meant = closestField(name, [...known]);
  return `This version of NCP Scheduler has no such setting.${meant === null ? '' : ` Did you mean ${meant}?`}`;
}

/** Returns the fields within settings that do not exist: without them, an alert or calendar would mean something else. */
function unknownParts(settings: Readonly<Record<string, unknown>>): string | null {
  const unknown = unknownFields(settingsSchema, settings);
  return unknown.length === 0 ? null : unknown.map((field) => fieldText(field)).join(' ');
}

function planCalendar(name: string, calendar: unknown, present: Settings, options: ImportOptions): ImportChange {
  const key = `calendar:${name}`;
  const base = {
    what: 'setting',
    key,
    name: `calendar ${name}`,
    runs: valueWords(calendar),
    fields: [],
    notes: [],
  } as const;
  const checked = settingsSchema.safeParse({ ...present, calendars: { [name]: calendar } });
  const reasonToRefuse = checked.success
    ? unknownParts({ calendars: { [name]: calendar } })
    : `${schemaProblems(checked.error)}.`;
  if (reasonToRefuse !== null) return { ...emptied(base), action: 'refused', choices: [], reason: reasonToRefuse };
  const here = Object.hasOwn(present.calendars, name) ? present.calendars[name] : undefined;
  if (isDeepStrictEqual(here, calendar))
    return { ...emptied(base), action: 'skip', choices: [], reason: 'It is already the same here.' };
  const reason = here === undefined ? {} : { reason: 'A calendar with this name and other days already exists.' };
  return { ...emptied(base), ...decided(key, here === undefined, options), ...reason };
}

/** Says which file or address the app reads for a calendar: a person must see it before the calendar comes in. */
function readNotes(calendar: unknown): string[] {
  const { kind, from } = isRecord(calendar) ? calendar : {};
  return kind === 'ics' && typeof from === 'string'
    ? [`NCP Scheduler reads ${from} by itself to keep it up to date.`]
    : [];
}

function planServer(
  name: string,
  server: unknown,
  present: Settings,
  source: ImportSource,
  options: ImportOptions,
): ImportChange {
  const shown = isRecord(server) ? [server['command'] ?? server['url'], ...listOf(server['args'])].join(' ') : '';
  const missing = source.secrets.filter(({ at }) => at[0] === 'settings' && at[2] === name);
  const base = {
    what: 'server',
    key: `server:${name}`,
    name,
    runs: shown,
    fields: [],
    notes: [
      ...startNotes(server, source),
      ...missing.map(
        ({ reference }) =>
          `The value of ${reference} is not in the file. Add that secret in the settings, or enter its value there.`,
      ),
    ],
  } as const;
  const checked = settingsSchema.safeParse({ ...present, mcpServers: { [name]: server } });
  if (!checked.success) {
    return {
      ...emptied(base),
      action: 'refused',
      choices: [],
      reason: `${schemaProblems(checked.error)}.`,
    };
  }
  const here = Object.hasOwn(present.mcpServers, name) ? present.mcpServers[name] : undefined;
  if (isDeepStrictEqual(here, server))
    return { ...emptied(base), action: 'skip', choices: [], reason: 'It is already the same here.' };
  const reason = here === undefined ? undefined : 'A server with this name and another definition already exists.';
  return {
    ...emptied(base),
    ...decided(base.key, here === undefined, options),
    ...(reason === undefined ? {} : { reason }),
  };
}

/** Says what else decides which program starts, and when: a person must see it before a server comes in. */
function startNotes(server: unknown, { elsewhere }: ImportSource): string[] {
  if (!isRecord(server) || typeof server['command'] !== 'string') return [];
  const names = isRecord(server['env']) ? Object.keys(server['env']) : [];
  return [
    ...(elsewhere ? ['This program starts when you, a task or an agent asks for its tools.'] : []),
    ...(typeof server['cwd'] === 'string' ? [`It starts in ${server['cwd']}.`] : []),
    ...(names.length === 0 ? [] : [`It gets the variables ${names.join(', ')}.`]),
  ];
}

/** Returns the decision. Two values cannot both apply, so by default the one that is here stays. */
function decided(
  key: string,
  isFree: boolean,
  { policy, decisions }: ImportOptions,
): Pick<ImportChange, 'action' | 'choices'> {
  const decision = Object.hasOwn(decisions, key) ? decisions[key] : undefined;
  const taking: ImportAction = isFree ? 'add' : 'replace';
  const byPolicy = isFree || policy === 'replace' ? taking : 'skip';
  const action = decision === undefined ? byPolicy : decision === 'skip' ? 'skip' : taking;
  return { action, choices: [taking, 'skip'] };
}

function emptied<T extends { fields: readonly string[]; notes: readonly string[] }>(base: T) {
  return { ...base, fields: [...base.fields], notes: [...base.notes] };
}

const listOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
