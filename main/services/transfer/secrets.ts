import type { SecretReference } from '../../contract/transfer.ts';
import { looksSecret } from '../../domain/secrets/rules.ts';

/** Fields that `takeSecrets` looks into itself. */
const ownRules: ReadonlySet<string> = new Set(['env', 'headers', 'args', 'url', 'parameters']);

/** A place in a JSON value: keys and indexes from its root. */
export type Place = readonly (string | number)[];

/**
 * Replaces every secret in `value` by a reference, in place, and returns the references.
 * @param owner name of the task or server, used in the names of the references
 */
export function takeSecrets(value: unknown, at: Place, owner: string): SecretReference[] {
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([field, inner]): SecretReference[] => {
    const place = [...at, field];
    if (field === 'env' || field === 'headers') return takeFromRecord(inner, place, owner, looksSecret);
    if (field === 'args' && Array.isArray(inner)) return takeFromArguments(inner as unknown[], place, owner);
    if (field === 'url' && typeof inner === 'string') return takeFromUrl(value, inner, place, owner);
    if (field === 'parameters') return takeFromParameters(inner, place, owner);
    return [];
  });
}

/** Handles parameters at any depth: by their names, in lists of arguments and in URLs. */
function takeFromParameters(value: unknown, at: Place, owner: string): SecretReference[] {
  if (Array.isArray(value)) {
    const list: readonly unknown[] = value;
    return list.flatMap((item, index) => takeFromParameters(item, [...at, index], owner));
  }
  if (!isRecord(value)) return [];
  const here = [...takeFromRecord(value, at, owner, looksSecret), ...takeSecrets(value, at, owner)];
  const deeper = Object.entries(value).filter(([name]) => !ownRules.has(name));
  return [...here, ...deeper.flatMap(([name, item]) => takeFromParameters(item, [...at, name], owner))];
}

function takeFromRecord(
  record: unknown,
  at: Place,
  owner: string,
  isSecret: (name: string, value: string) => boolean,
): SecretReference[] {
  if (!isRecord(record)) return [];
  return Object.entries(record).flatMap(([name, value]) => {
    // A shell line is a program: a reference inside it would be executed.
    if (typeof value !== 'string' || name === 'command' || name === 'url' || !isSecret(name, value)) return [];
    const reference = referenceTo(owner, name);
    record[name] = reference;
    return [{ reference, at: [...at, name] }];
  });
}

/** Handles `--token=abc`, and `--token` followed by `abc`. */
function takeFromArguments(list: unknown[], at: Place, owner: string): SecretReference[] {
  return list.flatMap((argument, index): SecretReference[] => {
    if (typeof argument !== 'string') return [];
    const assigned = /^(--?([\w-]+)=)(.+)$/s.exec(argument);
    const before = list[index - 1];
    const named = typeof before === 'string' ? /^--?([\w-]+)$/.exec(before)?.[1] : undefined;
    const [prefix, name, value] = assigned === null ? ['', named ?? '', argument] : assigned.slice(1);
    if (value === undefined || value.startsWith('--') || !looksSecret(name ?? '', value)) return [];
    const reference = referenceTo(owner, name === '' ? `argument${index + 1}` : (name ?? ''));
    list[index] = `${prefix}${reference}`;
    return [{ reference, at: [...at, index] }];
  });
}

/** Handles a password before the host, and parameters whose name looks secret. */
function takeFromUrl(owned: Record<string, unknown>, url: string, at: Place, owner: string): SecretReference[] {
  const references: SecretReference[] = [];
  const take = (name: string): string => {
    const reference = referenceTo(owner, name);
    references.push({ reference, at: [...at] });
    return reference;
  };
  owned['url'] = url
    .replace(/(:\/\/[^/\s:@]+:)[^/\s@]+(?=@)/, (_, before: string) => `${before}${take('password')}`)
    .replaceAll(/([?&])([^=&#]+)=([^&#]+)/g, (whole, border: string, name: string, value: string) =>
      looksSecret(name, value) ? `${border}${name}=${take(name)}` : whole,
    );
  return references;
}

/** Returns a name that a secret can have here, so that adding a secret of that name is enough. */
const referenceTo = (owner: string, name: string): string =>
  `\${secret:${`${owner}_${name}`.replaceAll(/[^A-Za-z0-9_]+/g, '_').replace(/^(?=\d)/, '_')}}`;

/**
 * Replaces the file's references by the values of this machine, in place. Returns the references that have no value
 * here.
 */
export function fillSecrets(
  imported: unknown,
  present: unknown,
  references: readonly SecretReference[],
): SecretReference[] {
  return references.filter(({ reference, at }) => {
    const written = valueAt(imported, at);
    const here = valueAt(present, at);
    if (typeof written !== 'string' || !written.includes(reference)) return false;
    if (typeof here !== 'string' || here.includes(reference) || !fits(written, here)) return true;
    const owner = valueAt(imported, at.slice(0, -1));
    const last = at.at(-1);
    if (isRecord(owner) && typeof last === 'string') owner[last] = here;
    if (Array.isArray(owner) && typeof last === 'number') (owner as unknown[])[last] = here;
    return false;
  });
}

/** True if `here` is `written` with some text in place of each reference. */
function fits(written: string, here: string): boolean {
  const parts = written.split(/\$\{secret:[^}]*\}/);
  let rest = here;
  for (const [index, part] of parts.entries()) {
    const found = index === 0 ? (rest.startsWith(part) ? 0 : -1) : rest.indexOf(part);
    if (found === -1) return false;
    rest = rest.slice(found + part.length);
  }
  return parts.at(-1) === '' || rest === '';
}

function valueAt(root: unknown, at: Place): unknown {
  return at.reduce<unknown>((value, key) => {
    if (Array.isArray(value) && typeof key === 'number') return value[key] as unknown;
    return isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  }, root);
}

/** True for a JSON object. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Returns a copy of settings for the audit, with references in place of secrets. */
export function withoutSecrets(settings: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const copy = structuredClone(settings);
  const servers = copy['mcpServers'];
  for (const [name, server] of isRecord(servers) ? Object.entries(servers) : []) takeSecrets(server, [], name);
  return copy;
}
