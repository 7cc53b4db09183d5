import type { Settings } from '../../contract/settings.ts';
import { messageOf } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Marks } from '../../ports/ledger/marks.ts';
import type { Logger } from '../../ports/logger.ts';
import type { PublishedFile, PublishedFiles } from '../../ports/published-files.ts';

/** The settings that hold the path of a file to keep up to date. */
export type PublishedSetting = 'metricsFile' | 'calendarFile';
export const publishedSettings: readonly PublishedSetting[] = ['metricsFile', 'calendarFile'];

/** A file that other programs read. */
export interface Publication extends Pick<PublishedFile, 'mark' | 'readers'> {
  readonly setting: PublishedSetting;
  readonly content: () => Promise<string>;
}

export interface PublishingNeeds {
  readonly settings: { read(): Pick<Settings, PublishedSetting> };
  readonly files: PublishedFiles;
  readonly publications: readonly Publication[];
  readonly ledger: Marks;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Changes are gathered for this long, so that many runs that end together cause one write. */
const gatherMs = 1000;
/** Without any change: what is missed, overdue or next also changes with time. */
const refreshMs = 10 * 60_000;

const markOf = (setting: PublishedSetting): string => `publishing:${setting}`;

/** Returns why a file was not written the last time, for the doctor; null if it was. */
export function publishingProblem(ledger: Marks, setting: PublishedSetting): string | null {
  return ledger.mark(markOf(setting)) || null;
}

/** Keeps the files of the settings up to date. A file that cannot be written harms nothing else: the doctor reports it. */
export class Publishing {
  readonly #needs: PublishingNeeds;
  #cancelTimer: (() => void) | null = null;
  #isPending = false;
  #writing: Promise<void> = Promise.resolve();

  constructor(needs: PublishingNeeds) {
    this.#needs = needs;
  }

  /** Writes all files that the settings name. Never rejects. */
  write(): Promise<void> {
    this.#writing = this.#writing.then(() => this.#writeAll());
    return this.#writing;
  }

  /** Writes now, and then from time to time until `stop`. */
  start(): void {
    this.changed(0);
  }

  /** Something that the files tell has changed: they are written soon. */
  changed(inMs = gatherMs): void {
    if (this.#isPending) return;
    this.#isPending = true;
    this.#cancelTimer?.();
    this.#cancelTimer = this.#needs.clock.setTimer(() => {
      this.#isPending = false;
      this.#cancelTimer = this.#needs.clock.setTimer(() => this.changed(0), refreshMs);
      void this.write();
    }, inMs);
  }

  /** Writes what is pending, then stops. */
  async stop(): Promise<void> {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    const last = this.#isPending ? this.write() : this.#writing;
    // Nothing starts a timer again.
    this.#isPending = true;
    await last;
  }

  async #writeAll(): Promise<void> {
    for (const publication of this.#needs.publications) {
      try {
        await this.#writeOne(publication);
      } catch (problem) {
        // Only the ledger can fail here, and it reports that itself.
        this.#needs.logger.error(`Could not note the state of ${publication.setting}`, { problem: messageOf(problem) });
      }
    }
  }

  async #writeOne({ setting, content, mark, readers }: Publication): Promise<void> {
    const { settings, files, ledger, logger } = this.#needs;
    const before = ledger.mark(markOf(setting)) ?? '';
    let problem = '';
    try {
      const path = settings.read()[setting];
      if (path !== undefined) files.write({ path, content: await content(), mark, readers });
    } catch (error) {
      problem = messageOf(error);
    }
    if (problem === before) return;
    if (problem !== '') logger.warn(`The file of the setting ${setting} is not up to date: ${problem}`);
    ledger.setMark(markOf(setting), problem);
  }
}
