import type { FleetRun, FleetRunFilter, ReportedRun } from '../../contract/fleet-runs.ts';
import type { LogChunk } from '../../contract/log-chunk.ts';

/** A member asks another one for a piece of a log. */
export interface LogRequest {
  /** UUID. */
  readonly id: string;
  /** The member that has the log. */
  readonly memberId: string;
  /** What is asked, as JSON, signed by the member that asks: anyone who can write to the database can write a request. */
  readonly text: string;
  readonly signature: string;
  /** The key of the member that asks: SPKI, base64. */
  readonly key: string;
}

/** The piece of the log, or a sentence that says why it is not given. */
export type LogAnswer = { readonly chunk: LogChunk } | { readonly refused: string };

/**
 * The runs of all members, as they report them, and the way to a log on another member. What is read is not trusted: anyone
 * who can write to the database can write here.
 */
export interface FleetRuns {
  /**
   * Saves runs of a member. What it says of a run later replaces what it said before. NUL and halves of characters may be
   * replaced.
   */
  save(memberId: string, runs: readonly ReportedRun[]): Promise<void>;
  /** Returns one page, newest first, and whether more runs match. */
  list(filter: FleetRunFilter): Promise<{ runs: FleetRun[]; more: boolean }>;
  find(executionId: string): Promise<FleetRun | null>;
  /** Removes runs that started more than `keepMs` ago, and requests that nobody waits for any more. */
  removeOld(keepMs: number): Promise<void>;
  /** Asks for a piece of a log, and wakes the member that has it. */
  ask(request: LogRequest): Promise<void>;
  /** Returns the requests of the last minute that a member has not answered. */
  asked(memberId: string): Promise<LogRequest[]>;
  answer(id: string, answer: LogAnswer): Promise<void>;
  /** Returns the answer to a request, and removes both; null if there is none yet. */
  take(id: string): Promise<LogAnswer | null>;
}
