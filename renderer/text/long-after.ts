import type { LongAfter } from '../../main/contract/attention.ts';
import { durationText, parseDuration } from './format.ts';

/** Reads a length of time (`20m`) or a multiple of the usual duration (`3x`); null for any other text. */
export function parseLongAfter(text: string): LongAfter | null {
  const [, times] = /^(\d+(?:\.\d+)?)\s*[x×]$/i.exec(text.trim()) ?? [];
  if (times !== undefined) {
    const factor = Number(times);
    return factor >= 1 && factor <= 100 ? { factor } : null;
  }
  const ms = parseDuration(text);
  return ms === null ? null : { ms };
}

/** Returns the text that `parseLongAfter` reads back. */
export const longAfterText = ({ ms, factor }: LongAfter): string =>
  ms === undefined ? `${factor ?? 1}x` : durationText(ms);
