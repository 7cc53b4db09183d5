import { settingsChangeSchema, settingsSchema, type Settings } from '../../contract/settings.ts';
import { SchedulerError } from '../../domain/errors.ts';
import { parseDuration } from '../../domain/words/read-duration.ts';

/** Settings that have commands or a form of their own: one holds the passwords of servers, the other gives rights. */
const elsewhere: Readonly<Record<string, string>> = {
  mcpServers: 'Change MCP servers in the window under Settings, MCP servers, or in config.json.',
  machines: 'Use `machines add` and `machines remove`.',
  calendars: 'Use `calendars add` and `calendars remove`.',
  agents: 'Use `agents set`, or change the defaults of agents in config.json.',
};
/** Settings in ms may be typed as `5m`. This one has the name that it had in ncp. */
const isDuration = (name: string): boolean => name.endsWith('Ms') || name === 'defaultTimeout';

export const settingNames: readonly string[] = Object.keys(settingsSchema.shape).filter(
  (name) => !Object.hasOwn(elsewhere, name),
);

export interface Setting {
  readonly name: string;
  /** Null if it is not set. */
  readonly value: unknown;
  readonly isDefault: boolean;
}

/** @throws SchedulerError `usage/invalid-value` for a name that is no setting of these commands. */
export function settingOf(settings: Settings, name: string): Setting {
  checkName(name);
  const values: Readonly<Record<string, unknown>> = settings;
  const defaults: Readonly<Record<string, unknown>> = settingsSchema.parse({});
  const value = values[name] ?? null;
  return { name, value, isDefault: JSON.stringify(value) === JSON.stringify(defaults[name] ?? null) };
}

/**
 * Returns the change that a typed value means: `none` restores the default, `5m` is a length of time, JSON is read as
 * JSON, and anything else is a text.
 *
 * @throws SchedulerError `usage/settings`, `usage/invalid-value`.
 */
export function settingChange(name: string, typed: string): Readonly<Record<string, unknown>> {
  checkName(name);
  if (typed === 'none') return { [name]: undefined };
  const ms = isDuration(name) ? parseDuration(typed) : null;
  const change = { [name]: ms ?? jsonOrText(typed) };
  const [issue] = settingsChangeSchema.safeParse(change).error?.issues ?? [];
  if (issue === undefined) return change;
  const message = `${name}: "${typed}" is not valid. ${issue.message}.`;
  throw new SchedulerError('usage/settings', message, { name, given: typed });
}

function jsonOrText(typed: string): unknown {
  try {
    return JSON.parse(typed);
  } catch {
    // A text needs no quotation marks.
    return typed;
  }
}

function checkName(name: string): void {
  if (settingNames.includes(name)) return;
  const hint = Object.hasOwn(elsewhere, name) ? elsewhere[name] : `Settings: ${settingNames.join(', ')}.`;
  throw new SchedulerError('usage/invalid-value', `"${name}" is not a setting that these commands change. ${hint}`, {
    name,
    known: settingNames,
  });
}
