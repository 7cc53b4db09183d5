/** Time, injected so that tests own it. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls `callback` once, `delayMs` from now. Returns the function that cancels it. */
  setTimer(callback: () => void, delayMs: number): () => void;
}
