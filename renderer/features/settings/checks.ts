import { text } from '../../text/en.ts';
import { parseDuration } from '../../text/format.ts';

/** Null where the text is a whole number of at least 1, else the sentence to show. */
export function checkCount(typed: string): string | null {
  const count = Number(typed);
  return typed !== '' && Number.isInteger(count) && count >= 1 ? null : text.settings.number(1);
}

export function checkDuration(typed: string): string | null {
  const ms = parseDuration(typed);
  return ms !== null && ms >= 1 ? null : text.editor.errors.duration;
}
