import type { LongAfter } from '../../contract/attention.ts';
import { longestDurationMs } from '../../contract/durations.ts';
import { parseDuration } from '../../domain/words/read-duration.ts';
import { invalid, single } from '../option.ts';
import type { Option } from '../option.ts';

/** Defines an option whose value is a length of time, or a multiple of what the task usually takes (`3x`). */
export function longAfter(describe: string): Option<LongAfter | undefined> {
  return single(describe, 'DURATION|Nx', (raw, name) => {
    const [, factor] = /^(\d+(?:\.\d+)?)x$/.exec(raw.trim()) ?? [];
    if (factor !== undefined) {
      if (Number(factor) < 1 || Number(factor) > 100) throw invalid(name, raw, 'a multiple from 1x to 100x');
      return { factor: Number(factor) };
    }
    const ms = parseDuration(raw);
    if (ms === null) throw invalid(name, raw, 'a length of time such as 20m, or a multiple such as 3x');
    if (ms > longestDurationMs) throw invalid(name, raw, 'at most 100 years (36525d)');
    return { ms };
  });
}
