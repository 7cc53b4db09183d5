/** Time, injected so that tests control it. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** The same instant as ISO 8601 in UTC. */
  nowIso(): string;
  /** Calls `callback` once, `delayMs` from now. Returns the function that cancels it. */
  setTimer(callback: () => void, delayMs: number): () => void;
}
