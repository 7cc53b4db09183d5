import type { DesktopState } from '../../contract/desktop.ts';
import { dayMs } from '../../domain/durations.ts';
import { messageOf, SchedulerError } from '../../domain/errors.ts';
import type { Outside } from '../../application/outside.ts';

/** Delay of the first check, in ms: keeps it apart from everything that starts with the app. */
const firstMs = 60_000;

/** The program that finds, downloads and installs versions. */
export interface Updater {
  /** Returns the newer version, or null if there is none. */
  newer(): Promise<string | null>;
  /** Downloads what `newer` found and compares it with its published hash. */
  download(): Promise<void>;
  /** Replaces the program, quits it and starts the new version. */
  install(): void;
}

export interface UpdatesNeeds extends Pick<Outside, 'clock' | 'logger'> {
  /** Why this installation cannot check for updates; null if it can. A sentence. */
  readonly unavailable: string | null;
  /** Whether this installation can replace itself. A package manager replaces the others. */
  readonly installs: boolean;
  readonly updater: () => Promise<Updater>;
}

/** Checks for newer versions once a day, if the setting is on. Installs one only when the person asks for it. */
export class Updates {
  readonly #needs: UpdatesNeeds;
  #state: Pick<DesktopState['updates'], 'state' | 'version' | 'problem'> = {
    state: 'off',
    version: null,
    problem: null,
  };
  #cancel: (() => void) | null = null;

  constructor(needs: UpdatesNeeds) {
    this.#needs = needs;
  }

  use(wanted: boolean): void {
    if (this.#needs.unavailable !== null || wanted === (this.#cancel !== null)) return;
    this.#cancel?.();
    this.#cancel = null;
    this.#state = { state: wanted ? 'unknown' : 'off', version: null, problem: null };
    if (wanted) this.#again(firstMs);
  }

  state(): DesktopState['updates'] {
    const { unavailable, installs } = this.#needs;
    if (unavailable === null) return { ...this.#state, installs };
    return { state: 'unavailable', version: null, problem: unavailable, installs: false };
  }

  /**
   * Downloads the newer version that the last check found, and returns what installs it.
   * @throws SchedulerError `desktop/no-update`, `desktop/update-failed`; the installed version stays as it is.
   */
  async download(): Promise<() => void> {
    if (this.#state.state !== 'available' || !this.#needs.installs)
      throw new SchedulerError('desktop/no-update', 'There is no newer version that this app can install itself.');
    try {
      const updater = await this.#needs.updater();
      await updater.download();
      return () => updater.install();
    } catch (problem) {
      this.#needs.logger.warn('Could not download the update', { problem: messageOf(problem) });
      const message = `The update could not be downloaded, and nothing was changed: ${messageOf(problem)}`;
      throw new SchedulerError('desktop/update-failed', message);
    }
  }

  #again(delayMs: number): void {
    this.#cancel = this.#needs.clock.setTimer(() => {
      void this.#look();
      this.#again(dayMs);
    }, delayMs);
  }

  async #look(): Promise<void> {
    this.#state = { state: 'checking', version: null, problem: null };
    try {
      const version = await (await this.#needs.updater()).newer();
      this.#state = { state: version === null ? 'current' : 'available', version, problem: null };
    } catch (problem) {
      this.#state = { state: 'failed', version: null, problem: messageOf(problem) };
      this.#needs.logger.warn('Could not check for updates', { problem: messageOf(problem) });
    }
  }
}
