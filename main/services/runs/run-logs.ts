import { dirname, extname, join } from 'node:path';
import type { Execution } from '../../contract/execution.ts';
import type { LogChunk, LogEnd } from '../../contract/log-chunk.ts';
import type { LogComparison } from '../../contract/log-comparison.ts';
import { resultFolderOf, safeToOpen, shownMediaType } from '../../contract/result-files.ts';
import { SchedulerError } from '../../domain/errors.ts';
import { foundExecution } from '../../domain/not-found.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Ledger } from '../../ports/ledger/ledger.ts';
import type { LogFiles, LogTail } from '../../ports/log-files.ts';
import type { LiveLines } from './live-lines.ts';
import { compareWithGoodRun } from './compare-with-good-run.ts';

const chunkBytes = 256 * 1024;
/** Enough lines to fill any screen, and read in a few milliseconds. */
const endBytes = 128 * 1024;
const followPollMs = 250;
const streamPollMs = 150;
/** How often a follower looks whether the process of the run is gone: it reads the process table. */
const settleEveryMs = 2000;
/** Larger pictures are opened outside the window. */
const largestMediaBytes = 20 * 1024 * 1024;

export interface RunLogsNeeds {
  readonly ledger: Ledger;
  readonly files: LogFiles;
  readonly clock: Clock;
  readonly live: Pick<LiveLines, 'of'>;
  /** Marks runs whose process is gone as interrupted. */
  readonly settle: () => Promise<void>;
}

/** Reads the logs of runs, whole or in pieces, and follows growing logs, whichever process writes them. */
export class RunLogs {
  readonly #needs: RunLogsNeeds;
  /** How to stop watching each log, by the follower and the execution. */
  readonly #followed = new Map<object, Map<string, () => void>>();

  constructor(needs: RunLogsNeeds) {
    this.#needs = needs;
  }

  /**
   * @param maxBytes default 256 KiB
   * @throws SchedulerError `execution/not-found`.
   */
  read(executionId: string, offset: number, maxBytes = chunkBytes): LogChunk {
    const execution = this.#execution(executionId);
    const path = execution.logPath;
    if (path === null)
      return { text: '', nextOffset: offset, size: 0, complete: execution.status !== 'running', live: '' };
    const live = this.#needs.live.of(executionId);
    const { text, nextOffset } = this.#needs.files.read(path, offset, maxBytes);
    const size = this.#needs.files.size(path);
    return { text, nextOffset, size, complete: execution.status !== 'running' && nextOffset >= size, live };
  }

  /** Returns the last lines of a log, so that a long one can be shown before it is read. @throws as `read`. */
  readEnd(executionId: string): LogEnd {
    const execution = this.#execution(executionId);
    const complete = execution.status !== 'running';
    if (execution.logPath === null) return { text: '', offset: 0, nextOffset: 0, size: 0, complete, live: '' };
    const end = this.#needs.files.end(execution.logPath, endBytes);
    const size = this.#needs.files.size(execution.logPath);
    return { ...end, size, complete: complete && end.nextOffset >= size, live: this.#needs.live.of(executionId) };
  }

  /** Compares a log with that of the last good run before it. @throws SchedulerError `execution/not-found`. */
  compare(executionId: string): LogComparison {
    return compareWithGoodRun(this.#needs, this.#execution(executionId));
  }

  /**
   * Calls `grew` whenever the log grows or its unfinished line changes, until it is complete or `unfollow` is called.
   * @param follower the window, or another object, that follows; each follows for itself
   */
  follow(executionId: string, grew: (size: number) => void, follower: object): void {
    const followed = this.#followed.get(follower) ?? new Map<string, () => void>();
    if (followed.has(executionId)) return;
    let last = -1;
    let lastLine = '';
    const look = (): void => {
      const execution = this.#needs.ledger.get(executionId);
      const path = execution?.logPath ?? null;
      const size = path === null ? 0 : this.#needs.files.size(path);
      const line = this.#needs.live.of(executionId);
      if (size !== last || line !== lastLine) grew(size);
      [last, lastLine] = [size, line];
      if (execution?.status === 'running') {
        this.#followed.set(follower, followed.set(executionId, this.#needs.clock.setTimer(look, followPollMs)));
      } else this.unfollow(executionId, follower);
    };
    look();
  }

  unfollow(executionId: string, follower: object): void {
    const followed = this.#followed.get(follower);
    followed?.get(executionId)?.();
    followed?.delete(executionId);
    if (followed?.size === 0) this.#followed.delete(follower);
  }

  /** Ends all that a follower follows, for example because its window has closed. */
  unfollowAll(follower: object): void {
    for (const executionId of [...(this.#followed.get(follower)?.keys() ?? [])]) this.unfollow(executionId, follower);
  }

  /** The log as it is now; empty where none was written. @throws SchedulerError `execution/log-removed`. */
  whole(execution: Execution): Buffer {
    if (execution.logPath === null) return Buffer.alloc(0);
    const bytes = this.#needs.files.whole(execution.logPath);
    if (bytes !== null) return bytes;
    // A run that has only just started has not written yet.
    if (execution.status === 'running' || execution.logBytes === 0) return Buffer.alloc(0);
    const message = `The log ${execution.logPath} is gone: the file was removed.`;
    throw new SchedulerError('execution/log-removed', message, { logPath: execution.logPath });
  }

  /** The log's bytes from its beginning, and on as they are written, until the execution has ended or `stop`. */
  async *stream(executionId: string, stop: AbortSignal): AsyncGenerator<Buffer> {
    const { clock, settle } = this.#needs;
    let tail: LogTail | null = null;
    let settledMs = clock.now();
    while (!stop.aborted) {
      // Nobody else may look: without it, the log of a run whose process was killed would be followed forever.
      if (clock.now() - settledMs >= settleEveryMs) {
        await settle();
        settledMs = clock.now();
      }
      // Asked before reading, so that everything written before the end is read in this round.
      const execution = this.#needs.ledger.get(executionId);
      const path = execution?.logPath ?? null;
      if (path !== null) yield* (tail ??= this.#needs.files.tail(path)).read();
      if (execution?.status !== 'running') return;
      await this.#pause(stop);
    }
  }

  /** Absolute path of a log. @throws SchedulerError `execution/not-found`, `execution/no-log`. */
  path(executionId: string): string {
    const { logPath } = this.#execution(executionId);
    if (logPath !== null) return logPath;
    throw new SchedulerError('execution/no-log', `The execution ${executionId} left no log.`, { executionId });
  }

  /** Returns a picture or sound of a run's result as a `data:` address; null if it is gone, too large or of no shown kind. */
  media(executionId: string, name: string): string | null {
    const type = shownMediaType(name);
    const path = this.#resultFile(executionId, name);
    if (type === null || this.#needs.files.size(path) > largestMediaBytes) return null;
    const bytes = this.#needs.files.whole(path);
    return bytes === null ? null : `data:${type};base64,${bytes.toString('base64')}`;
  }

  /**
   * Returns the path to open for a file of a run's result: the file, or its folder if another program might execute it.
   * @throws SchedulerError `execution/not-found`, `execution/no-log`.
   */
  resultFileToOpen(executionId: string, name: string): string {
    const path = this.#resultFile(executionId, name);
    return safeToOpen.has(extname(name).slice(1)) ? path : dirname(path);
  }

  #resultFile(executionId: string, name: string): string {
    return join(resultFolderOf(this.path(executionId)), name);
  }

  #pause(stop: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        cancel();
        stop.removeEventListener('abort', done);
        resolve();
      };
      const cancel = this.#needs.clock.setTimer(done, streamPollMs);
      stop.addEventListener('abort', done, { once: true });
    });
  }

  #execution(executionId: string): Execution {
    return foundExecution(this.#needs.ledger.get(executionId), executionId);
  }
}
