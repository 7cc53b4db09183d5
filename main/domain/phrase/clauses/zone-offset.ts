import { canonicalTimeZone } from '../../timing/time-zone.ts';
import { PhraseProblem } from '../phrase-problem.ts';
import type { TokenReader } from '../token-reader.ts';
import type { Token } from '../tokens.ts';

/** Places whose offset from UTC, in minutes, is no full hour and never changes. */
const PLACE_OF_OFFSET: Readonly<Record<number, string>> = {
  [-570]: 'in Marquesas',
  210: 'in Tehran',
  270: 'in Kabul',
  330: 'in Kolkata',
  345: 'in Kathmandu',
  390: 'in Yangon',
  570: 'in Darwin',
};

const withoutZone = (raw: readonly string[], place: string): PhraseProblem =>
  new PhraseProblem(
    `No time zone is named after the offset "${raw.join('')}". Name a place that has it, for example "${place}".`,
    raw,
    [],
    { repairs: spellingsOf(raw).map((each) => [each, place]) },
  );

/** Returns the ways to write tokens with and without spaces. */
export const spellingsOf = ([zone = '', sign = '', ...rest]: readonly string[]): string[] => {
  const offset = rest.join('');
  return [`${zone}${sign}${offset}`, `${zone} ${sign}${offset}`, `${zone} ${sign} ${offset}`];
};

/** Takes "+2", "+02:00", "-0330" or "+5.5", and returns it in minutes; takes nothing that is no offset. */
export function takeOffset(reader: TokenReader): number | undefined {
  return reader.attempt(() => {
    const sign = reader.peek()?.text;
    if (sign !== '+' && sign !== '-') return undefined;
    reader.position += 1;
    const token = reader.next();
    const minutes = token === undefined ? undefined : offsetMinutes(token);
    if (minutes === undefined || minutes > mostOffset) return undefined;
    return sign === '+' ? minutes : -minutes;
  });
}

/** No zone is further from UTC, in minutes. */
const mostOffset = 14 * 60;

function offsetMinutes(token: Token): number | undefined {
  if (token.kind === 'clock') return token.meridiem ? undefined : token.hour * 60 + token.minute;
  if (token.kind !== 'number') return undefined;
  return /^\d{3,4}$/.test(token.raw) ? Math.floor(token.value / 100) * 60 + (token.value % 100) : token.value * 60;
}

/**
 * Refuses "CET+1" and "in Berlin +1": an hour more than that zone, or the offset of that zone.
 * @param base hours ahead of UTC in winter, where that is sure
 */
export function assertNoOffset(reader: TokenReader, start: number, base?: number): void {
  const named = reader.rawSince(start);
  const minutes = takeOffset(reader);
  if (minutes === undefined) return;
  // "9:00 CET-17:00 CET" is a window.
  if (minutes <= 0 && !reader.atEnd) {
    reader.position = start + named.length;
    return;
  }
  const raw = reader.rawSince(start);
  const whole = spellingsOf([named.join(' '), ...raw.slice(named.length)]);
  const utc = (hours: number): string => `UTC${hours < 0 ? '-' : '+'}${Math.abs(hours)}`;
  const hours = minutes / 60;
  const readings = [named.join(' '), ...(base === undefined ? [] : [utc(base + hours)]), utc(hours)];
  throw new PhraseProblem(
    `"${named.join(' ')}" has an offset already. Name the zone alone, or an offset from UTC.`,
    raw,
    [],
    { repairs: readings.flatMap((by) => whole.map((each): [string, string] => [each, by])) },
  );
}

/** Reads the "+2" of "UTC+2". IANA's names count the other way: `Etc/GMT-2` is ahead of UTC. */
export function readOffset(reader: TokenReader): string | undefined {
  return reader.attempt(() => {
    const start = reader.position - 1;
    const minutes = takeOffset(reader);
    if (minutes === undefined) return undefined;
    const place = PLACE_OF_OFFSET[minutes];
    if (place !== undefined) throw withoutZone(reader.rawSince(start), place);
    const zone = `Etc/GMT${minutes < 0 ? '+' : '-'}${Math.abs(minutes) / 60}`;
    return canonicalTimeZone(zone) ?? undefined;
  });
}
