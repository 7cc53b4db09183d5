import { chmodSync, lstatSync, mkdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { SchedulerError, messageOf } from '../../domain/errors.ts';

/** Every path below a data directory. */
export interface DataPaths {
  readonly dir: string;
  readonly schedule: string;
  readonly config: string;
  readonly ledger: string;
  /** Remembered answers of MCP servers about their tools. */
  readonly tools: string;
  readonly logsDir: string;
  /** The files of ncp version 1 and its execution records. */
  readonly legacyJobs: string;
  readonly legacyExecutions: string;
  /** NCP's profile with MCP servers. */
  readonly profile: string;
  /** Returns the path of an execution's log; the month is that of its start, in UTC. */
  readonly logPathOf: (executionId: string, startedAt: string) => string;
}

/** Returns `~/.ncp/scheduler`, or the value of `NCP_SCHEDULER_DIR`. */
export function defaultDataDir(env: Readonly<NodeJS.ProcessEnv> = process.env): string {
  const fromEnv = env['NCP_SCHEDULER_DIR'];
  return fromEnv === undefined || fromEnv === '' ? join(homedir(), '.ncp', 'scheduler') : resolve(fromEnv);
}

/** Returns the paths below `dir`. Does not access the disk. */
export function dataPaths(dir: string): DataPaths {
  const root = resolve(dir);
  const logsDir = join(root, 'logs');
  return {
    dir: root,
    schedule: join(root, 'schedule.json'),
    config: join(root, 'config.json'),
    ledger: join(root, 'ledger.db'),
    tools: join(root, 'tools.json'),
    logsDir,
    legacyJobs: join(root, 'jobs.json'),
    legacyExecutions: join(root, 'executions'),
    profile: join(homedir(), '.ncp', 'profiles', 'all.json'),
    logPathOf: (executionId, startedAt) =>
      join(logsDir, new Date(startedAt).toISOString().slice(0, 7), `${safeName(executionId)}.log`),
  };
}

/**
 * Creates the data directory for its owner only; removes other users' access to an existing one.
 *
 * @throws SchedulerError `store/data-dir`
 */
export function prepareDataDir(dir: string): DataPaths {
  const paths = dataPaths(dir);
  makePrivate(paths.dir);
  return paths;
}

/** Returns the id as a file name. Ids of imported executions come from files and must not lead out of the folder. */
function safeName(executionId: string): string {
  return executionId.replaceAll(/[^A-Za-z0-9_-]/g, '_').slice(0, 120);
}

function makePrivate(dir: string): void {
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    const stats = statSync(dir);
    if (process.platform === 'win32') return;
    const uid = process.getuid?.();
    if (uid !== undefined && uid !== 0 && stats.uid !== uid) throw foreign(dir);
    if ((stats.mode & 0o077) !== 0) chmodSync(dir, 0o700);
  } catch (error) {
    if (error instanceof SchedulerError) throw error;
    throw new SchedulerError(
      'store/data-dir',
      `The folder ${dir} cannot be used: ${whyNot(dir, error)}. Choose another one with --data-dir.`,
      { dir },
      error,
    );
  }
}

function foreign(dir: string): SchedulerError {
  return new SchedulerError(
    'store/data-dir',
    `The folder ${dir} belongs to another user. Choose one of your own with --data-dir.`,
    { dir },
  );
}

function whyNot(dir: string, error: unknown): string {
  const stats = lstatSync(dir, { throwIfNoEntry: false });
  if (stats?.isSymbolicLink() === true) return `it is a link to a missing folder (${messageOf(error)})`;
  if (stats !== undefined && !stats.isDirectory()) return 'it is a file';
  return messageOf(error);
}
