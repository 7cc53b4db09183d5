import { text } from '../../text/en.ts';
import { parseDuration } from '../../text/format.ts';

/** Returns null for a whole number of at least 1, or else the sentence to show. */
export function checkCount(typed: string): string | null {
  const count = Number(typed);
  return typed !== '' && Number.isInteger(count) && count >= 1 ? null : text.settings.number(1);
}

/** Like `checkCount`, but allows 0. */
export function checkSome(typed: string): string | null {
  return typed === '0' ? null : checkCount(typed) === null ? null : text.settings.number(0);
}

export function checkDuration(typed: string): string | null {
  const ms = parseDuration(typed);
  return ms !== null && ms >= 1 ? null : text.editor.errors.duration;
}
