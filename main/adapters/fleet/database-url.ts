import { isIP } from 'node:net';
import { SchedulerError } from '../../domain/errors.ts';

/** Where a database is and how to reach it, from the address that a person gave. */
export interface DatabaseAddress {
  /** Name or IP address; for a Unix socket its folder. */
  readonly host: string;
  readonly port: number;
  readonly database: string;
  /** Null: PostgreSQL's own defaults (PGUSER, else the name of the account). */
  readonly user: string | null;
  /** Null: PGPASSWORD or ~/.pgpass. */
  readonly password: string | null;
  /** How TLS checks the certificate; null: no TLS, only on this machine. Paths of PEM files, null for the system's own. */
  readonly tls: { readonly ca: string | null; readonly cert: string | null; readonly key: string | null } | null;
}

const parameters = ['host', 'sslmode', 'sslrootcert', 'sslcert', 'sslkey'];
/** Modes of libpq. The checked ones are all raised to `verify-full`: the others accept any certificate, or any host. */
const unchecked = ['disable', 'allow', 'prefer'];
const checked = ['require', 'verify-ca', 'verify-full'];
const example = 'postgresql://user:password@host:5432/database';

/**
 * Reads the address of a fleet's database. Another host needs TLS that checks its certificate: anyone who can read the
 * connection could otherwise change what the members run.
 * @throws SchedulerError `fleet/url`, `fleet/insecure`; never with the password in its message.
 */
export function parseDatabaseUrl(text: string): DatabaseAddress {
  const url = urlOf(text);
  const unknown = [...url.searchParams.keys()].find((name) => !parameters.includes(name));
  if (unknown !== undefined) throw wrong(`has the unknown parameter ${unknown}; known are ${parameters.join(', ')}`);
  const host = url.searchParams.get('host') ?? decoded(url.hostname).replace(/^\[(.*)\]$/, '$1');
  if (host === '') throw wrong('names no host');
  if (host.includes(',')) throw wrong('names several hosts; name one');
  const database = decoded(url.pathname.slice(1));
  if (database === '' || database.includes('/')) throw wrong('must name one database after the host');
  return {
    ...{ host, database, port: url.port === '' ? 5432 : Number(url.port) },
    user: url.username === '' ? null : decoded(url.username),
    password: url.password === '' ? null : decoded(url.password),
    tls: tlsOf(url.searchParams, host),
  };
}

/** Returns how people name a database: host, port and name, without user and password. */
export const placeOf = ({ host, port, database }: DatabaseAddress): string =>
  host.startsWith('/') ? `${database} at ${host}` : `${database} at ${host.includes(':') ? `[${host}]` : host}:${port}`;

/**
 * Returns the address for another machine: without the password, and without what is only true on this machine (files of
 * certificates). @throws SchedulerError `fleet/url`, `fleet/insecure`.
 */
export function withoutPassword(text: string): string {
  const { host, port, database, user } = parseDatabaseUrl(text);
  const account = user === null ? '' : `${encodeURIComponent(user)}@`;
  if (host.startsWith('/'))
    return `postgresql://${account}/${encodeURIComponent(database)}?host=${encodeURIComponent(host)}`;
  const shown = host.includes(':') ? `[${host}]` : host;
  return `postgresql://${account}${shown}${port === 5432 ? '' : `:${port}`}/${encodeURIComponent(database)}`;
}

function urlOf(text: string): URL {
  const trimmed = text.trim();
  if (!/^postgres(ql)?:\/\//.test(trimmed)) throw wrong('does not begin with postgresql://');
  try {
    // A socket has no host, which the URL standard allows only without a user: libpq writes //user@/database.
    return new URL(trimmed.replace(/^(postgres(?:ql)?:\/\/[^/?#]*@)(?=[/?])/, '$1localhost'));
  } catch {
    // The cause holds the whole text, password included.
    throw wrong(
      'is not an address; write special characters in names and passwords as %40 for @, %2F for /, %23 for #',
    );
  }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw wrong('has a % that is not followed by two hexadecimal digits; write %25 for it');
  }
}

function tlsOf(given: URLSearchParams, host: string): DatabaseAddress['tls'] {
  const local = isLocal(host);
  const mode = given.get('sslmode') ?? (local ? 'disable' : 'verify-full');
  if (unchecked.includes(mode)) {
    if (local) return null;
    throw new SchedulerError(
      'fleet/insecure',
      `sslmode=${mode} does not protect the connection to ${host}: leave sslmode out, or write sslmode=verify-full.`,
      { host, sslmode: mode },
    );
  }
  if (!checked.includes(mode)) throw wrong(`has the unknown sslmode ${mode}; use verify-full`);
  const ca = given.get('sslrootcert');
  return { ca: ca === 'system' ? null : ca, cert: given.get('sslcert'), key: given.get('sslkey') };
}

/** Returns whether a host can only be this machine. */
const isLocal = (host: string): boolean =>
  host.startsWith('/') || host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));

const wrong = (problem: string): SchedulerError =>
  new SchedulerError('fleet/url', `The address of the database ${problem}. Example: ${example}`);
