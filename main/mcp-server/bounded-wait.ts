import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { Application } from '../application/application.ts';
import type { Execution } from '../contract/execution.ts';
import type { ToolCall } from './own-tool.ts';

/** Clients time out a call after 60 s (the MCP SDK's default), so it returns earlier, even if the run has not ended. */
export const longestWaitSeconds = 45;

export const waitSeconds = z
  .number()
  .min(0)
  .max(longestWaitSeconds)
  .default(longestWaitSeconds)
  .describe(`Seconds to wait for the run. Default: ${longestWaitSeconds}.`);

const pollMs = 200;
/** Tells a client every five seconds that the run goes on: some extend their time limit then. */
const pollsPerProgress = 25;

export interface WaitNeeds {
  readonly application: Pick<Application, 'clock'>;
  readonly call: ToolCall | undefined;
  readonly seconds: number;
  /** Returns the run to wait for; null if it has not begun. */
  readonly find: () => Execution | null;
  /** Called once if the client cancels its call while the run goes on. */
  readonly cancel: (executionId: string) => Promise<unknown>;
}

export type Waited<T> =
  | { readonly ended: true; readonly value: T }
  | { readonly ended: false; readonly execution: Execution };

/**
 * Waits for work that runs something, up to a limit, and tells the client that it goes on. At the limit the work
 * continues, and the run is returned as it is.
 * @throws what the work throws within the limit
 */
export async function waitWithin<T>(work: Promise<T>, needs: WaitNeeds): Promise<Waited<T>> {
  const { application, call, seconds, find, cancel } = needs;
  const deadline = application.clock.now() + seconds * 1000;
  // Awaited below, or later than anybody listens: the run itself has its outcome in the ledger.
  const settled = work.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  let isCancelled = false;
  for (let polls = 1; ; polls += 1) {
    const outcome = await Promise.race([settled, delay(pollMs, null)]);
    if (outcome !== null) {
      if ('error' in outcome) throw outcome.error;
      return { ended: true, value: outcome.value };
    }
    const execution = find();
    if (execution === null) continue;
    if (call?.signal.aborted === true && !isCancelled) {
      isCancelled = true;
      // Cancelling fails if the run has just ended; then the work settles by itself.
      void cancel(execution.executionId).catch(() => undefined);
    }
    if (application.clock.now() >= deadline && !isCancelled) return { ended: false, execution };
    if (polls % pollsPerProgress === 0) await call?.progress(`${execution.taskName} is still running`);
  }
}
