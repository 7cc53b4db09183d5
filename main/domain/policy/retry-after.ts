/**
 * Returns how long the header Retry-After asks to wait, in ms; null if it cannot be read (RFC 9110, 10.2.3). It holds
 * seconds, or a date, which is compared with the server's own clock if the response tells it.
 * @param headers names in lower case
 */
export function retryAfterMs(headers: Readonly<Record<string, string>>, nowMs: number): number | null {
  const value = headers['retry-after']?.trim() ?? '';
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000;
  const at = Date.parse(value);
  if (Number.isNaN(at)) return null;
  const sent = Date.parse(headers['date'] ?? '');
  return Math.max(0, at - (Number.isNaN(sent) ? nowMs : sent));
}

/** Returns the wait that the server of a failed run asked for, as the run's result has it; null if it asked for none. */
export function askedWaitMs(result: unknown): number | null {
  const asked = (result as { retryAfterMs?: unknown } | null)?.retryAfterMs;
  return typeof asked === 'number' ? asked : null;
}
