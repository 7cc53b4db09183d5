const units: readonly (readonly [ms: number, words: readonly string[]])[] = [
  [1, ['ms', 'millisecond', 'milliseconds']],
  [1000, ['s', 'sec', 'secs', 'second', 'seconds']],
  [60_000, ['m', 'min', 'mins', 'minute', 'minutes']],
  [3_600_000, ['h', 'hr', 'hrs', 'hour', 'hours']],
  [86_400_000, ['d', 'day', 'days']],
  [604_800_000, ['w', 'week', 'weeks']],
];
const unitMs = new Map(units.flatMap(([ms, words]) => words.map((word) => [word, ms] as const)));
const onePart = /(\d+(?:\.\d+)?)\s*([a-z]+)/g;
const joiner = /^\s*(?:,|and)?\s*$/;

/** Parses `90s`, `5m`, `1h30m`, `2 hours`, `1 hour and 30 minutes` or a number of milliseconds. Null for anything else. */
export function parseDuration(raw: string): number | null {
  const written = raw.trim().toLowerCase();
  if (/^\d+$/.test(written)) return safe(Number(written));
  let [total, from] = [0, 0];
  for (const { 0: part, 1: amount = '', 2: word = '', index } of written.matchAll(onePart)) {
    const ms = unitMs.get(word);
    if (ms === undefined || (index > 0 ? !joiner.test(written.slice(from, index)) : false)) return null;
    total += Number(amount) * ms;
    from = index + part.length;
  }
  return from === 0 || from !== written.length || !/^\d/.test(written) ? null : safe(Math.round(total));
}

function safe(ms: number): number | null {
  return Number.isSafeInteger(ms) ? ms : null;
}
