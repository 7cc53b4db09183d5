import { closeSync, constants, fchmodSync, fstatSync, lstatSync, mkdirSync, openSync, statSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { SchedulerError, messageOf } from '../../domain/errors.ts';
import { contentOf } from './data-dir-content.ts';
import type { FolderContent } from './data-dir-content.ts';
import { systemCode } from './file-errors.ts';
import { refuseForeignOwner } from '../files/file-owner.ts';

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

/** Permissions of group and others, and the sticky bit of folders that all users share, such as /tmp. */
const [othersMode, othersWriteMode, stickyMode] = [0o077, 0o022, 0o1000];

/**
 * Creates the data directory for its owner only. Removes other users' access to an existing one, unless it also holds
 * files of other programs: then only this app's own files and folders are private.
 *
 * @throws SchedulerError `store/data-dir` for a folder that cannot be used: of another user, shared by all users, or
 * full of other files. Such a folder is not changed. `store/foreign-owner` if root would change another user's folder.
 */
export function prepareDataDir(dir: string): DataPaths {
  const paths = dataPaths(dir);
  explained(paths.dir, () => {
    refuseForeignOwner(paths.dir);
    if (statSync(paths.dir, { throwIfNoEntry: false }) === undefined) {
      mkdirSync(paths.dir, { recursive: true, mode: 0o700 });
    }
    if (checked(paths.dir) === 'ours') closeToOthers(paths.dir);
  });
  return paths;
}

/**
 * Same as `prepareDataDir` for a command that only reads: creates and changes nothing. `exists` is false if there is no
 * such folder yet, or nothing in it.
 */
export function findDataDir(dir: string): { readonly paths: DataPaths; readonly exists: boolean } {
  const paths = dataPaths(dir);
  const exists = explained(paths.dir, () => {
    refuseForeignOwner(paths.dir);
    if (lstatSync(paths.dir, { throwIfNoEntry: false }) === undefined) return false;
    checked(paths.dir);
    return true;
  });
  return { paths, exists };
}

/** Returns the id as a file name. Ids of imported executions come from files and must not lead out of the folder. */
function safeName(executionId: string): string {
  return executionId.replaceAll(/[^A-Za-z0-9_-]/g, '_').slice(0, 120);
}

/** Returns what an existing folder holds. @throws SchedulerError if it cannot be this user's data directory. */
function checked(dir: string): FolderContent {
  const stats = statSync(dir);
  if (!stats.isDirectory()) throw refusal(dir, 'cannot be used: it is a file. Choose another one with --data-dir.');
  checkOwner(dir, stats);
  const shared = isShared(stats, stickyMode);
  if (shared) throw refusal(dir, `is shared by all users. ${subfolder(dir)}`);
  // The default folder is this app's by its name.
  const content = dir === defaultDataDir({}) ? 'ours' : contentOf(dir);
  if (content === 'other') {
    throw refusal(dir, `has other files and no tasks of NCP Scheduler, so it is not changed. ${subfolder(dir)}`);
  }
  if (content === 'mixed' && isShared(stats, othersWriteMode)) {
    throw refusal(dir, `has other files, and other users can write to it. ${subfolder(dir)}`);
  }
  return content;
}

function checkOwner(dir: string, stats: Stats): void {
  const uid = process.getuid?.();
  if (uid === undefined || uid === 0 || stats.uid === uid) return;
  throw refusal(dir, 'belongs to another user. Choose one of your own with --data-dir.');
}

const isShared = (stats: Stats, bits: number): boolean => process.platform !== 'win32' && (stats.mode & bits) !== 0;

/** Changes the mode on an open descriptor: the path may already lead to another folder. */
function closeToOthers(dir: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(dir, constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    const stats = fstatSync(folder);
    checkOwner(dir, stats);
    if (isShared(stats, othersMode)) fchmodSync(folder, 0o700);
  } catch (error) {
    // A file system that is mounted read-only: the ledger then says so.
    if (systemCode(error) !== 'EROFS') throw error;
  } finally {
    closeSync(folder);
  }
}

function explained<T>(dir: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (error instanceof SchedulerError) throw error;
    throw refusal(dir, `cannot be used: ${whyNot(dir, error)}. Choose another one with --data-dir.`, error);
  }
}

function refusal(dir: string, why: string, cause?: unknown): SchedulerError {
  return new SchedulerError('store/data-dir', `The folder ${dir} ${why}`, { dir }, cause);
}

function subfolder(dir: string): string {
  return `Use a folder of its own, for example --data-dir ${join(dir, 'ncp-scheduler')}.`;
}

function whyNot(dir: string, error: unknown): string {
  const stats = lstatSync(dir, { throwIfNoEntry: false });
  if (stats?.isSymbolicLink() === true) return `it is a link to a missing folder (${messageOf(error)})`;
  if (stats !== undefined && !stats.isDirectory()) return 'it is a file';
  return messageOf(error);
}
