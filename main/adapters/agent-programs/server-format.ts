import type { AgentProgram } from '../../contract/agent-programs.ts';
import { canonicalJson } from '../../domain/canonical-json.ts';

/** The name of this app's server in the files of other programs, as docs/agents.md has it. */
export const SERVER_NAME = 'schedule';

export type Fields = Readonly<Record<string, unknown>>;

/**
 * Edits the text of a configuration, and leaves everything else in it as it is: comments, order, unknown fields, line ends.
 * An edit may return a wrong text where the form is unusual; `ServerText` reads each result again.
 */
export interface ServerFormat {
  /** What the format is called in sentences. */
  readonly title: string;
  /** The text of a file that holds nothing. */
  readonly empty: string;
  /** Returns the fields of a text, also of an empty one. @throws Error with the line, if that is known */
  readonly parse: (text: string) => unknown;
  /** Returns candidates of the text with the server, which is not in it. */
  readonly added: (text: string, key: string, entry: Fields) => readonly string[];
  /** Returns candidates of the text with other values of some fields of the server. */
  readonly changed: (text: string, key: string, fields: Fields) => readonly string[];
  /** Returns candidates of the text without the server. */
  readonly removed: (text: string, key: string) => readonly string[];
  /** Returns the server as a piece of such a text. */
  readonly piece: (key: string, entry: Fields) => string;
}

/** How a program keeps the server. */
export interface ServerPlace {
  readonly format: ServerFormat;
  readonly key: string;
  /** What starts this installation. */
  readonly entry: Fields;
  /** What a new entry has besides. */
  readonly more: Fields;
}

/** What a file holds under our name. */
export interface Found {
  readonly state: AgentProgram['state'];
  /** Why the server is not written, as a sentence; null if it can be. */
  readonly problem: string | null;
}

/** Looks for the server in the text of a file. */
export function findServer(text: string, place: ServerPlace): Found {
  const { format, key } = place;
  let root: unknown;
  try {
    root = format.parse(text);
  } catch (problem) {
    const where = problem instanceof Error && /^line \d+$/.test(problem.message) ? ` (${problem.message})` : '';
    return unreadable(`The file is not valid ${format.title}${where}, so it is not changed.`);
  }
  if (!isFields(root)) return unreadable(`The file is not valid ${format.title}, so it is not changed.`);
  const servers = root[key] ?? {};
  if (!isFields(servers)) return unreadable(`“${key}” in the file is not an object, so the file is not changed.`);
  const found = Object.hasOwn(servers, SERVER_NAME) ? servers[SERVER_NAME] : undefined;
  if (found === undefined) return { state: 'absent', problem: null };
  return stateOf(found, place);
}

function stateOf(found: unknown, { entry, more }: ServerPlace): Found {
  if (!isFields(found)) return { state: 'other', problem: null };
  const isForeign =
    addresses.some((name) => Object.hasOwn(found, name)) ||
    (found['type'] !== undefined && found['type'] !== (more['type'] ?? 'stdio'));
  if (isForeign) return { state: 'other', problem: different };
  const isOurs = Object.entries(entry).every(([name, value]) => isSame(found[name], value));
  if (!isOurs) return { state: 'other', problem: null };
  return { state: Object.keys(switchedOn(found)).length === 0 ? 'connected' : 'off', problem: null };
}

/** The fields in which programs keep the address of a server that they do not start themselves. */
const addresses = ['url', 'uri', 'httpUrl', 'serverUrl'];

const different =
  'The file has a different server named “schedule”, which is not replaced. Rename or remove it by hand.';

/** Returns the switches of an entry that keep the program from using it, as they have to be. */
const switchedOn = ({ enabled, disabled }: Fields): Fields => ({
  ...(enabled === false && { enabled: true }),
  ...(disabled === true && { disabled: false }),
});

/**
 * Returns the text with the server in it. An entry of our name keeps its other fields, but is switched on. Null if the text has a form in which
 * that cannot be written for certain.
 */
export function withServer(text: string, { format, key, entry, more }: ServerPlace): string | null {
  const root = fieldsIn(format, text);
  const servers = asFields(root[key]);
  const old = servers[SERVER_NAME];
  const changes = isFields(old) ? { ...entry, ...switchedOn(old) } : entry;
  const wanted = isFields(old) ? { ...old, ...changes } : { ...more, ...entry };
  const expected = { ...root, [key]: { ...servers, [SERVER_NAME]: wanted } };
  const candidates = isFields(old) ? format.changed(text, key, changes) : format.added(text, key, wanted);
  return candidates.find((candidate) => reads(format, candidate, expected)) ?? null;
}

/**
 * Returns the text without the server, and without the list of servers if that is then empty: an empty text if nothing else
 * is in it. Null if the text has a form in which that cannot be written for certain.
 */
export function withoutServer(text: string, { format, key }: Pick<ServerPlace, 'format' | 'key'>): string | null {
  const root = fieldsIn(format, text);
  const { [SERVER_NAME]: _ours, ...servers } = asFields(root[key]);
  const { [key]: _servers, ...rest } = root;
  const expected = Object.keys(servers).length === 0 ? rest : { ...root, [key]: servers };
  // An empty list of servers means the same as none.
  const spared = Object.keys(servers).length === 0 ? { ...rest, [key]: servers } : expected;
  return (
    format
      .removed(text, key)
      .find((candidate) => reads(format, candidate, expected) || reads(format, candidate, spared)) ?? null
  );
}

function reads(format: ServerFormat, text: string, expected: Fields): boolean {
  try {
    return isSame(format.parse(text), expected);
  } catch {
    return false;
  }
}

const isSame = (one: unknown, other: unknown): boolean =>
  one === other || (one !== undefined && other !== undefined && canonicalJson(one) === canonicalJson(other));

const fieldsIn = (format: ServerFormat, text: string): Fields => asFields(format.parse(text));

const asFields = (value: unknown): Fields => (isFields(value) ? value : {});

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const unreadable = (problem: string): Found => ({ state: 'unreadable', problem });

/** Returns one level of the indentation of a text, and its line ends. */
export function styleOf(text: string): { unit: string; eol: string } {
  return { unit: /\n([ \t]+)\S/.exec(text)?.[1] ?? '  ', eol: text.includes('\r\n') ? '\r\n' : '\n' };
}
