import { canonicalTimeZone } from '../timing/time-zone.ts';
import { respelt } from './spellings.ts';
import { NUMBER_WORDS, TENS_WORDS } from './vocabulary.ts';

interface TokenBase {
  /** Lower case, abbreviations normalised. */
  readonly text: string;
  /** As typed, for messages. */
  readonly raw: string;
}

/**
 * One token of a phrase. `clock` is a time with minutes or am/pm (`9am`, `18:30`), `past` a minute of the hour (`:15`),
 * `date` an ISO date, `zone` an IANA name with a slash or a digit, `mark` a comma, dash, slash or bracket, `other` anything that
 * no phrase contains.
 */
export type Token =
  | (TokenBase & { readonly kind: 'word' | 'date' | 'mark' | 'other' })
  | (TokenBase & { readonly kind: 'number' | 'ordinal' | 'past'; readonly value: number })
  | (TokenBase & { readonly kind: 'clock'; readonly hour: number; readonly minute: number; readonly meridiem: boolean })
  | (TokenBase & { readonly kind: 'zone'; readonly zone: string });

const PATTERN = new RegExp(
  [
    String.raw`(?<zone>[a-z]+(?:[/_][a-z0-9_+-]+)+|\b(?:est5edt|cst6cdt|mst7mdt|pst8pdt)\b)`,
    String.raw`(?<date>\d{4}-\d\d-\d\d(?!\d))`,
    String.raw`(?<clock>\d{1,2}(?:[:.]\d\d)?\s?[ap]m\b|\d{1,2}:\d\d(?![\d:]))`,
    String.raw`(?<ordinal>\d{1,3}(?:st|nd|rd|th)\b)`,
    String.raw`:(?<past>\d\d)(?!\d)`,
    String.raw`(?<number>\d+(?:\.\d+)?)`,
    String.raw`(?<word>\p{L}[\p{L}'_]*)`,
    String.raw`(?<mark>[,;()/-])`,
    String.raw`(?<other>[^\s])`,
  ].join('|'),
  'giu',
);

function clockToken(base: TokenBase): Token {
  const [, hourText = '', minuteText, half] = /^(\d+)(?:[:.](\d\d))?\s?([ap])?m?$/.exec(base.text) ?? [];
  const hour = Number(hourText);
  const minute = Number(minuteText ?? 0);
  if (half === undefined)
    return hour > 23 || minute > 59
      ? { ...base, kind: 'other' }
      : { ...base, kind: 'clock', hour, minute, meridiem: false };
  if (hour < 1 || hour > 12 || minute > 59) return { ...base, kind: 'other' };
  return { ...base, kind: 'clock', hour: (hour % 12) + (half === 'p' ? 12 : 0), minute, meridiem: true };
}

function tokenOf(groups: Readonly<Record<string, string | undefined>>, raw: string): Token {
  const base = { text: raw.toLowerCase(), raw };
  if (groups['zone'] !== undefined) {
    const zone = canonicalTimeZone(raw);
    return zone === null ? { ...base, kind: 'other' } : { ...base, kind: 'zone', zone };
  }
  if (groups['date'] !== undefined) return { ...base, kind: 'date' };
  if (groups['clock'] !== undefined) return clockToken(base);
  if (groups['ordinal'] !== undefined) return { ...base, kind: 'ordinal', value: Number.parseInt(raw, 10) };
  if (groups['past'] !== undefined) {
    const value = Number(groups['past']);
    return value > 59 ? { ...base, kind: 'other' } : { ...base, kind: 'past', value };
  }
  if (groups['number'] !== undefined) return { ...base, kind: 'number', value: Number(raw) };
  if (groups['mark'] !== undefined) return { ...base, kind: 'mark' };
  if (groups['word'] === undefined) return { ...base, kind: 'other' };
  const value = NUMBER_WORDS[base.text];
  return value === undefined ? { ...base, kind: 'word' } : { ...base, kind: 'number', value };
}

/** Splits what only looks like a zone at its slashes: `mon/wed` is a list. */
function splitFalseZones(text: string): string {
  return text.replace(/[a-z]+(?:[/_][a-z0-9_+-]+)+/gi, (match) =>
    canonicalTimeZone(match) === null ? match.replaceAll('/', ' / ') : match,
  );
}

/** Joins the words of one number: `forty-five`. */
function joinNumberWords(tokens: readonly Token[]): Token[] {
  const joined: Token[] = [];
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (token === undefined) continue;
    const skip = tokens[index + 1]?.text === '-' ? 2 : 1;
    const unit = tokens[index + skip];
    const isTens = TENS_WORDS.has(token.text);
    if (isTens && token.kind === 'number' && unit?.kind === 'number' && unit.value < 10 && /^[a-z]/.test(unit.text)) {
      joined.push({ ...token, value: token.value + unit.value, raw: `${token.raw}-${unit.raw}` });
      index += skip;
    } else joined.push(token);
  }
  return joined;
}

/** Splits a phrase into tokens. Only white space is dropped. */
export function tokenize(phrase: string): Token[] {
  const tokens: Token[] = [];
  for (const match of splitFalseZones(respelt(phrase)).matchAll(PATTERN)) {
    tokens.push(tokenOf(match.groups ?? {}, match[0]));
  }
  return joinNumberWords(tokens);
}
