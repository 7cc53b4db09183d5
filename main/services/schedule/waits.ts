import type { Execution } from '../../contract/execution.ts';

/** A shorter delay is the start of the process, not a wait. */
const leastWaitMs = 5_000;

export interface Waits {
  /** Number of runs that started late because as many as allowed were running. */
  readonly count: number;
  /** The longest of these waits, in ms; 0 if there was none. */
  readonly longestMs: number;
}

type Run = Pick<Execution, 'slot' | 'startedAt' | 'trigger' | 'attempt' | 'duration'>;

/**
 * Returns the scheduled runs that waited for others: they started more than five seconds after their slot, and until
 * then as many runs as the limit allows were in progress. A delay with another cause, such as jitter or sleep, does not count.
 */
export function waitsOf(executions: readonly Run[], limit: number): Waits {
  const spans = executions.map(({ startedAt, duration }) => {
    const from = Date.parse(startedAt);
    return { from, until: duration === null ? Infinity : from + duration };
  });
  const waits = executions.flatMap(({ slot, startedAt, trigger, attempt }) => {
    if (slot === null || trigger !== 'schedule' || attempt > 1) return [];
    const start = Date.parse(startedAt);
    const wait = start - Date.parse(slot);
    if (wait < leastWaitMs) return [];
    // The run that made room ended a moment before this one started.
    const busyAt = start - leastWaitMs / 2;
    return spans.filter(({ from, until }) => from <= busyAt && until >= busyAt).length >= limit ? [wait] : [];
  });
  return { count: waits.length, longestMs: Math.max(0, ...waits) };
}
