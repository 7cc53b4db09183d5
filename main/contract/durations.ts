const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/**
 * The longest length of time that a person can set, in ms: 100 years. Added to any date it stays within the years that
 * ISO 8601 writes with four digits.
 */
export const longestDurationMs = 36_525 * day;

/** Formats a length of time in its two largest units: `480 ms`, `12.4 s`, `3 min 20 s`, `2 h 10 min`, `1 day 12 h`. */
export function formatDuration(ms: number): string {
  if (ms < second) return `${Math.round(ms)} ms`;
  if (ms < minute) return `${(ms / second).toFixed(ms < 10 * second ? 1 : 0).replace(/\.0$/, '')} s`;
  if (ms < hour) return pair(ms, minute, 'min', second, 's');
  if (ms < day) return pair(ms, hour, 'h', minute, 'min');
  return pair(ms, day, ms < 2 * day ? 'day' : 'days', hour, 'h');
}

/** As `formatDuration`, with the milliseconds where its two units would round: `1 day 1 h (90061000 ms)`. */
export function exactDuration(ms: number): string {
  const shown = formatDuration(ms);
  const step = ms < second ? 1 : ms < 10 * second ? 100 : ms < hour ? second : ms < day ? minute : hour;
  return ms % step === 0 ? shown : `${shown} (${ms} ms)`;
}

function pair(ms: number, large: number, largeName: string, small: number, smallName: string): string {
  const whole = Math.floor(ms / large);
  const rest = Math.floor((ms - whole * large) / small);
  return rest === 0 ? `${whole} ${largeName}` : `${whole} ${largeName} ${rest} ${smallName}`;
}
