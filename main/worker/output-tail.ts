import { stripVTControlCharacters } from 'node:util';
import { failureCause } from '../domain/failure-cause.ts';
import type { RunnerOutcome } from './runners/runner.ts';

const TAIL_BYTES = 16 * 1024;
/** The longest line that the outcome quotes, in characters. */
const QUOTED_LENGTH = 500;

/** Keeps the end of what a task printed, to find the line that says why it failed. */
export class OutputTail {
  readonly #tails = { out: Buffer.alloc(0), err: Buffer.alloc(0) };

  push(stream: 'out' | 'err', chunk: Uint8Array): void {
    const tail = Buffer.concat([this.#tails[stream], chunk.subarray(-TAIL_BYTES)]);
    this.#tails[stream] = tail.subarray(-TAIL_BYTES);
  }

  /** Adds that line to a failure of a command that ended by itself. */
  explained(outcome: RunnerOutcome): RunnerOutcome {
    const { error } = outcome;
    if (outcome.outcome !== 'failure' || error === null || !error.code.startsWith('shell/')) return outcome;
    const cause = failureCause(lines(this.#tails.err), lines(this.#tails.out));
    return cause === null ? outcome : { ...outcome, error: { ...error, line: cause.slice(0, QUOTED_LENGTH) } };
  }
}

function lines(tail: Buffer): string[] {
  const all = stripVTControlCharacters(tail.toString('utf8')).split(/[\r\n]+/);
  // The first line of a full tail may lack its beginning.
  return tail.length < TAIL_BYTES ? all : all.slice(1);
}
