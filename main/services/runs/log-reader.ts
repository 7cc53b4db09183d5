import type { Execution } from '../../contract/execution.ts';
import type { LogChunk } from '../../contract/ipc.ts';
import { SchedulerError } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Ledger } from '../../ports/ledger.ts';
import type { LogFiles } from '../../ports/log-files.ts';

const chunkBytes = 256 * 1024;
const followPollMs = 250;

export interface LogReaderNeeds {
  readonly ledger: Ledger;
  readonly files: LogFiles;
  readonly clock: Clock;
}

/** Reads logs in pieces and follows growing ones, whichever process writes them. */
export class LogReader {
  readonly #needs: LogReaderNeeds;
  readonly #followed = new Map<string, () => void>();

  constructor(needs: LogReaderNeeds) {
    this.#needs = needs;
  }

  /** @throws SchedulerError `execution/not-found`. */
  read(executionId: string, offset: number): LogChunk {
    const execution = this.#execution(executionId);
    const path = execution.logPath;
    if (path === null) return { text: '', nextOffset: offset, size: 0, complete: execution.status !== 'running' };
    const { text, nextOffset } = this.#needs.files.read(path, offset, chunkBytes);
    const size = this.#needs.files.size(path);
    return { text, nextOffset, size, complete: execution.status !== 'running' && nextOffset >= size };
  }

  /** Calls `grew` whenever the log has more, until it is complete or `unfollow`. */
  follow(executionId: string, grew: (size: number) => void): void {
    if (this.#followed.has(executionId)) return;
    let last = -1;
    const look = (): void => {
      const execution = this.#needs.ledger.get(executionId);
      const path = execution?.logPath ?? null;
      const size = path === null ? 0 : this.#needs.files.size(path);
      if (size !== last) grew(size);
      last = size;
      if (execution?.status === 'running')
        this.#followed.set(executionId, this.#needs.clock.setTimer(look, followPollMs));
      else this.#followed.delete(executionId);
    };
    look();
  }

  unfollow(executionId: string): void {
    this.#followed.get(executionId)?.();
    this.#followed.delete(executionId);
  }

  close(): void {
    for (const executionId of [...this.#followed.keys()]) this.unfollow(executionId);
  }

  #execution(executionId: string): Execution {
    const execution = this.#needs.ledger.get(executionId);
    if (execution !== null) return execution;
    throw new SchedulerError('execution/not-found', `There is no execution with the id "${executionId}".`, {
      executionId,
    });
  }
}
