/** Time, injected so that tests control it. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** The current time as ISO 8601 in UTC. */
  nowIso(): string;
  /** Calls `callback` once after `delayMs`. Returns the function that cancels the call. */
  setTimer(callback: () => void, delayMs: number): () => void;
}
