import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, type QueryResultRow } from 'pg';
import { freePort } from './free-port.ts';

const installed = '/usr/lib/postgresql';
/** PostgreSQL refuses to run as root. The account `nobody`, by its ids on Debian. */
const nobody = { uid: 65534, gid: 65534 };

/** Returns the folder of the newest PostgreSQL of Debian; null if there is none. */
function programs(): string | null {
  const versions = existsSync(installed) ? readdirSync(installed) : [];
  const newest = versions
    .filter((version) => existsSync(join(installed, version, 'bin', 'initdb')))
    .sort((a, b) => Number(b) - Number(a))[0];
  return newest === undefined ? null : join(installed, newest, 'bin');
}

/** Returns why a test cannot start PostgreSQL here; null if it can. */
export const noPostgres = (): string | null => (programs() === null ? 'needs the Debian package postgresql' : null);

/** A real PostgreSQL of its own, on 127.0.0.1 and a socket. Its superuser is `postgres`, without a password. */
export interface PostgresServer {
  readonly port: number;
  /** Folder of its socket and its log-in files. */
  readonly dir: string;
  /** Returns the address of a database. @param port another one, such as that of a proxy */
  url(database: string, port?: number): string;
  /** Runs statements as superuser. @param database @default postgres */
  sql<Row extends QueryResultRow>(text: string, database?: string): Promise<Row[]>;
  /** Ends it: `immediate` as a power cut does, without a checkpoint; `fast` in order. */
  stop(how: 'immediate' | 'fast'): Promise<void>;
  start(): Promise<void>;
  dispose(): Promise<void>;
}

/** @param settings of postgresql.conf, such as `fsync=on` */
export async function startPostgres(settings: readonly string[] = []): Promise<PostgresServer> {
  const bin = programs();
  if (bin === null) throw new Error(noPostgres() ?? '');
  const account = process.getuid?.() === 0 ? nobody : null;
  const dir = mkdtempSync(join(tmpdir(), 'ncp-pg-'));
  if (account !== null) chownSync(dir, account.uid, account.gid);
  const data = join(dir, 'data');
  const options = ['--auth=trust', '--username=postgres', '--encoding=UTF8', '--locale=C', '--no-sync'];
  const made = spawnSync(join(bin, 'initdb'), ['-D', data, ...options], { ...account, cwd: dir, encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}${made.error?.message ?? ''}`);
  const port = await freePort();
  const all = [`port=${port}`, `unix_socket_directories=${dir}`, 'listen_addresses=127.0.0.1', ...small, ...settings];
  const args = ['-D', data, ...all.flatMap((setting) => ['-c', setting])];
  let server: ChildProcess | null = null;
  const start = async (): Promise<void> => {
    server = spawn(join(bin, 'postgres'), args, { ...account, cwd: dir, stdio: ['ignore', 'ignore', 'pipe'] });
    await ready(server);
  };
  const stop = async (how: 'immediate' | 'fast'): Promise<void> => {
    if (server === null) return;
    const ended = new Promise((resolve) => server?.once('exit', resolve));
    server.kill(how === 'immediate' ? 'SIGQUIT' : 'SIGINT');
    await ended;
    server = null;
  };
  await start();
  return {
    ...{ port, dir, start, stop },
    url: (database, at = port) => `postgresql://postgres@127.0.0.1:${at}/${database}`,
    sql: (text, database = 'postgres') => run({ host: dir, port, user: 'postgres', database }, text),
    dispose: async () => {
      await stop('immediate');
      rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Starts and stops fast, and survives a crash of the server, but not of the machine. */
const small = ['fsync=off', 'shared_buffers=32MB', 'max_connections=100', 'autovacuum=off', 'log_min_messages=warning'];

/** Waits until the server accepts connections. @throws an Error with its log if it ends first */
function ready(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let log = '';
    server.once('error', reject);
    server.once('exit', () => reject(new Error(`postgres ended: ${log}`)));
    server.stderr?.on('data', (chunk: Buffer) => {
      log = `${log}${chunk.toString()}`.slice(-10_000);
      if (log.includes('ready to accept connections')) resolve();
    });
  });
}

async function run<Row extends QueryResultRow>(
  config: { host: string; port: number; user: string; database: string },
  text: string,
): Promise<Row[]> {
  const client = new Client(config);
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}
