import { isIP } from 'node:net';
import type { ClientBase, ClientConfig, Pool, QueryResultRow } from 'pg';
import { readText } from '../files/read-file.ts';
import { messageOf, SchedulerError } from '../../domain/errors.ts';
import { databaseError } from './database-errors.ts';
import type { DatabaseAddress } from './database-url.ts';

/** Limits in ms. A call that takes longer failed: its run must not wait for a database that hangs. */
export interface TimeLimits {
  readonly connectMs: number;
  /** The server gives up first, so that what the client gave up does not happen later. */
  readonly statementMs: number;
  readonly answerMs: number;
}

export const defaultLimits: TimeLimits = { connectMs: 5_000, statementMs: 8_000, answerMs: 10_000 };

/** Most connections of one process. Calls beyond it wait for a free one. */
const mostConnections = 4;

/** Calls to one database, over connections that are opened on use and kept for half a minute. */
export interface Connection {
  readonly address: DatabaseAddress;
  /** Runs one statement. @throws SchedulerError as `FleetDatabase`. */
  readonly query: <Row extends QueryResultRow>(sql: string, values?: readonly unknown[]) => Promise<Row[]>;
  /** Runs statements without values as one transaction, in one message. Returns the rows of the last one. */
  script<Row extends QueryResultRow>(sql: string): Promise<Row[]>;
  /** Runs work in a transaction, which is undone if the work throws. */
  transaction<T>(work: (query: Connection['query']) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Loads the driver, and returns the way to a database. Connects at the first call. */
export async function connectionTo(address: DatabaseAddress, limits = defaultLimits): Promise<Connection> {
  const { Pool } = await import('pg');
  const pool = new Pool({
    ...clientConfig(address, limits),
    ...{ max: mostConnections, idleTimeoutMillis: 30_000, allowExitOnIdle: true },
    onConnect: limitStatements(limits),
  });
  // An idle connection was lost. The pool has removed it, and opens another one at the next call.
  pool.on('error', () => undefined);
  return connectionOver(pool, address);
}

/**
 * Returns what each new connection runs first. As a statement: a pooler such as PgBouncer refuses start-up parameters that it
 * does not know. The driver waits for the promise that its types do not mention.
 */
const limitStatements =
  ({ statementMs }: TimeLimits): ((client: ClientBase) => unknown) =>
  (client) =>
    client.query(`set statement_timeout = ${statementMs}`);

function connectionOver(pool: Pool, address: DatabaseAddress): Connection {
  const translated = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw databaseError(error, address);
    }
  };
  return {
    address,
    query: <Row extends QueryResultRow>(sql: string, values: readonly unknown[] = []) =>
      translated(async () => (await pool.query<Row>(sql, [...values])).rows),
    script: <Row extends QueryResultRow>(sql: string) => translated(async () => lastRows<Row>(await pool.query(sql))),
    transaction: (work) => translated(() => inTransaction(pool, work)),
    close: () => pool.end(),
  };
}

/** The driver answers several statements with a list of results, which its types do not say. */
function lastRows<Row>(answer: { rows: Row[] } | { rows: Row[] }[]): Row[] {
  return (Array.isArray(answer) ? answer.at(-1) : answer)?.rows ?? [];
}

async function inTransaction<T>(pool: Pool, work: (query: Connection['query']) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let failed: unknown = null;
  // A lost connection also fails the current call. Without a listener, Node ends the process.
  const ignore = (): void => undefined;
  client.on('error', ignore);
  try {
    await client.query('begin');
    // A process that is frozen here must not hold locks forever.
    await client.query('set local idle_in_transaction_session_timeout = 30000; set local statement_timeout = 60000');
    const answer = await work(async <Row extends QueryResultRow>(sql: string, values: readonly unknown[] = []) => {
      // Without values, the text may hold several statements.
      const found = values.length === 0 ? await client.query<Row>(sql) : await client.query<Row>(sql, [...values]);
      return lastRows<Row>(found);
    });
    await client.query('commit');
    return answer;
  } catch (error) {
    failed = error;
    throw error;
  } finally {
    client.off('error', ignore);
    // Closing the connection undoes the transaction, also if the connection cannot be used any more.
    client.release(failed !== null);
  }
}

/** Returns what the driver needs to connect. @throws SchedulerError `fleet/url` for a file that cannot be read. */
export function clientConfig(address: DatabaseAddress, limits: TimeLimits): ClientConfig {
  const { host, port, database, user, password } = address;
  return {
    ...{ host, port, database, ...(user !== null && { user }), ...(password !== null && { password }) },
    ssl: tlsOptions(address),
    ...{ connectionTimeoutMillis: limits.connectMs, query_timeout: limits.answerMs },
    ...{ keepAlive: true, keepAliveInitialDelayMillis: 10_000, application_name: 'ncp-scheduler' },
  };
}

function tlsOptions({ tls, host }: DatabaseAddress): ClientConfig['ssl'] {
  if (tls === null) return false;
  const file = (path: string | null, parameter: string) => (path === null ? {} : { [parameter]: readPem(path) });
  return {
    ...{ rejectUnauthorized: true, ...file(tls.ca, 'ca'), ...file(tls.cert, 'cert'), ...file(tls.key, 'key') },
    // The name that the certificate must have. The driver sets it for names only, and an IP address would be checked as localhost.
    ...(isIP(host) === 0 ? { servername: host } : { host }),
  };
}

function readPem(path: string): string {
  try {
    return readText(path);
  } catch (error) {
    const problem = `The address of the database names the file ${path}, which cannot be read: ${messageOf(error)}.`;
    throw new SchedulerError('fleet/url', problem, { path }, error);
  }
}
