import { formatDuration, longestDurationMs } from '../../contract/durations.ts';
import { parseDuration } from '../../domain/words/read-duration.ts';
import { invalid, single } from '../option.ts';
import type { Option } from '../option.ts';

/** Defines an option whose value is a length of time, in ms. */
export function duration(
  describe: string,
  limits: { readonly min: number; readonly max?: number } = { min: 0 },
): Option<number | undefined> {
  return single(describe, 'DURATION', (raw, name) => {
    const ms = parseDuration(raw);
    if (ms === null)
      throw invalid(name, raw, 'a length of time: 90s, 5m, 2h, 1d, "2 hours" or a number of milliseconds');
    if (ms > longestDurationMs) throw invalid(name, raw, 'at most 100 years (36525d)');
    if (ms < limits.min) throw invalid(name, raw, `${limits.min} ms or more`);
    if (ms > (limits.max ?? Infinity)) throw invalid(name, raw, `${formatDuration(limits.max ?? 0)} or less`);
    return ms;
  });
}
