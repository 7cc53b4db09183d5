import { exitCodes } from '../contract/exit-codes.ts';
import { messageOf } from '../domain/errors.ts';
import type { AnnouncedSetting, Announcement } from './announce-failures.ts';

/** Notifies the person, through the app, of what happened in a process that the OS scheduler started. */
export class RunAnnouncer {
  readonly #run: Omit<Announcement, 'setting'>;
  #announcing = Promise.resolve();

  constructor(run: Omit<Announcement, 'setting'>) {
    this.#run = run;
  }

  /** A task is late, takes too long or is overdue. */
  attention(): void {
    this.#announcing = this.#announcing.then(() => this.#announce('notifyOnAttention'));
  }

  /** A task told a change. */
  change(): void {
    this.#announcing = this.#announcing.then(() => this.#announce('notifyOnChange'));
  }

  /** Resolves with the exit code once the app has been started, if it had to be. */
  async ended(code: number): Promise<number> {
    await this.#announcing;
    if (code === exitCodes.runFailed) await this.#announce('notifyOnFailure');
    return code;
  }

  /** Starts the app so that it notifies the person. If that fails, the run and its exit code stay as they are. */
  async #announce(setting: AnnouncedSetting): Promise<void> {
    const { startToAnnounce } = await import('./announce-failures.ts');
    await startToAnnounce({ ...this.#run, setting }).catch((problem: unknown) => {
      process.stderr.write(`warning: the person could not be notified: ${messageOf(problem)}\n`);
    });
  }
}
