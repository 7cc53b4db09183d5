import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf, SchedulerError } from '../../../domain/errors.ts';
import { complaint, createCommandRunner } from '../run-program.ts';
import type { CommandResult, CommandRunner } from '../run-program.ts';
import { replaceFile } from '../replace-file.ts';
import { withFileLock } from './file-lock.ts';

const BACKUPS_KEPT = 20;
const LOCK_WAIT_MS = 30_000;

export interface CrontabOptions {
  readonly run: CommandRunner;
  /** The folder to which the crontab is copied before every write. */
  readonly backupDir: string;
  /** One lock per person, whatever the data directory, because all of them share the crontab. */
  readonly lockPath: string;
  /** Used for the names of backups. */
  readonly now: () => number;
}

/** Returns the crontab of the user in whose home it is locked. `run` and `now` default to the real ones. */
export function userCrontab(options: {
  readonly homeDir: string;
  readonly backupDir: string;
  readonly run?: CommandRunner;
  readonly now?: (() => number) | undefined;
}): Crontab {
  const { homeDir, backupDir, run = createCommandRunner(), now = Date.now } = options;
  return new Crontab({ run, backupDir, now, lockPath: join(homeDir, '.config', 'ncp-scheduler', 'crontab.lock') });
}

/**
 * Returns the person's crontab with one character per byte (latin1), or null if `crontab` reports that there is none.
 * @throws SchedulerError `os/crontab-unreadable` on any other failure, which must never count as empty.
 */
export async function readInstalledCrontab(run: CommandRunner): Promise<string | null> {
  const result = await run('crontab', ['-l'], { encoding: 'latin1' });
  if (result.exitCode === 0) return unescaped(result.stdout, run);
  if (result.exitCode !== null && /\bno crontab for\b/.test(result.stderr)) return null;
  throw new SchedulerError(
    'os/crontab-unreadable',
    `"crontab -l" failed, so nothing was written: ${complaint(result)}`,
    {
      exitCode: result.exitCode,
      stderr: result.stderr,
    },
  );
}

/**
 * Restores the real bytes. Debian's `crontab -l` shows a carriage return as `\r` and a backspace as `\b` (cron
 * 3.0pl1-140, against disguised lines), which look like a backslash and a letter. The editor of `crontab -e` gets the
 * real bytes.
 */
async function unescaped(listed: string, run: CommandRunner): Promise<string> {
  if (!/\\[rb]/.test(listed)) return listed;
  const env = { VISUAL: 'cat', EDITOR: 'cat' };
  const { stdout, exitCode } = await run('crontab', ['-e'], { encoding: 'latin1', env });
  const escaped = stdout.replaceAll('\r', '\\r').replaceAll('\b', '\\b');
  if (exitCode === 0 && (stdout === listed || escaped === listed)) return stdout;
  throw new SchedulerError(
    'os/crontab-unreadable',
    'The crontab contains carriage returns or backspaces, which "crontab -l" does not show unchanged, so nothing was written. Remove them with "crontab -e".',
  );
}

/**
 * The person's crontab, read and written with `crontab`. Text has one character per byte (latin1), so that lines in any
 * encoding stay intact.
 */
export class Crontab {
  readonly #options: CrontabOptions;

  constructor(options: CrontabOptions) {
    this.#options = options;
  }

  /**
   * Returns the crontab, or null if `crontab` reports that there is none.
   * @throws SchedulerError `os/crontab-unreadable` on any other failure, which must never count as empty.
   */
  async read(): Promise<string | null> {
    return readInstalledCrontab(this.#options.run);
  }

  /**
   * Reads, changes and writes under a lock, with a backup before and a check of the result after.
   * @param change gets the text ('' if there is no crontab) and returns the new one.
   * @throws SchedulerError `os/crontab-unreadable`, `os/crontab-busy`, `os/crontab-backup-failed`,
   * `os/crontab-write-failed`, and whatever `change` throws; the crontab is then unchanged.
   */
  async update(change: (text: string) => string): Promise<void> {
    await withFileLock(this.#options.lockPath, LOCK_WAIT_MS, async () => {
      const before = await this.read();
      const wanted = change(before ?? '');
      if (wanted === (before ?? '')) return;
      if (before !== null) this.#backUp(before);
      // A program without this lock, such as "crontab -e", may have changed the crontab meanwhile.
      if ((await this.read()) !== before) {
        throw new SchedulerError('os/crontab-busy', 'The crontab changed while it was being edited. Try again.');
      }
      await this.#install(wanted, before);
    });
  }

  async #install(wanted: string, before: string | null): Promise<void> {
    const result = await this.#write(wanted);
    const after = await this.read();
    if ((after ?? '') === wanted) return;
    // A full disk can leave half a crontab.
    if (after !== before) await this.#write(before ?? '');
    const reason =
      result.exitCode === 0
        ? 'the crontab that was read back differs from the one that was written'
        : complaint(result);
    throw new SchedulerError('os/crontab-write-failed', `The crontab could not be written: ${reason}`, {
      exitCode: result.exitCode,
      restored: (await this.read()) === before,
      backups: this.#options.backupDir,
    });
  }

  async #write(text: string): Promise<CommandResult> {
    if (text === '') return this.#options.run('crontab', ['-r']);
    return this.#options.run('crontab', ['-'], { input: Buffer.from(text, 'latin1') });
  }

  #backUp(text: string): void {
    const { backupDir, now } = this.#options;
    try {
      mkdirSync(backupDir, { recursive: true, mode: 0o700 });
      const stamp = new Date(now()).toISOString().replaceAll(':', '-');
      replaceFile(join(backupDir, `crontab-${stamp}-${process.pid}.txt`), Buffer.from(text, 'latin1'));
    } catch (error) {
      throw new SchedulerError(
        'os/crontab-backup-failed',
        `The crontab was not changed because it could not be backed up to ${backupDir}: ${messageOf(error)}`,
        { backupDir },
        error,
      );
    }
    const backups = readdirSync(backupDir).filter((name) => /^crontab-.*\.txt$/.test(name));
    for (const name of backups.sort().slice(0, -BACKUPS_KEPT)) rmSync(join(backupDir, name), { force: true });
  }
}
