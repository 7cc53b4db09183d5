import { invalid, single } from '../option.ts';
import type { Option } from '../option.ts';

const unitMs: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};
const onePart = /(\d+(?:\.\d+)?)(ms|[smhdw])/g;

/** `90s`, `5m`, `2h`, `1d`, `1h30m`, or milliseconds. Null for anything else. */
export function parseDuration(raw: string): number | null {
  const written = raw.trim().toLowerCase();
  if (/^\d+$/.test(written)) return safe(Number(written));
  const parts = [...written.matchAll(onePart)];
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== written) return null;
  const total = parts.reduce((sum, [, amount = '', unit = '']) => sum + Number(amount) * (unitMs[unit] ?? NaN), 0);
  return safe(Math.round(total));
}

function safe(ms: number): number | null {
  return Number.isSafeInteger(ms) ? ms : null;
}

/** An option whose value is a length of time, in ms. */
export function duration(describe: string, limits: { min: number } = { min: 0 }): Option<number | undefined> {
  return single(describe, 'DURATION', (raw, name) => {
    const ms = parseDuration(raw);
    if (ms === null) throw invalid(name, raw, 'a length of time: 90s, 5m, 2h, 1d or milliseconds');
    if (ms < limits.min) throw invalid(name, raw, `${limits.min} ms or more`);
    return ms;
  });
}
