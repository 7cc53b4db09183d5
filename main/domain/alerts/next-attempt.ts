const firstDelayMs = 15_000;
const longestDelayMs = 60 * 60_000;

/**
 * Returns how long to wait before an alert is sent again, in ms: 15 s, then twice as long each time, up to an hour. Not
 * shorter than the receiver asked for (Retry-After).
 * @param attempt the attempt that failed, from 1
 * @param random a number from 0 to 1; spreads the attempts of many machines over a quarter of the wait
 */
export function nextAttemptMs(attempt: number, askedMs: number, random: number): number {
  const full = Math.min(longestDelayMs, firstDelayMs * 2 ** Math.min(attempt - 1, 20));
  return Math.round(Math.max(askedMs, full * (0.75 + random / 4)));
}
