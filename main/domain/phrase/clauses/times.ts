import { readList, setOnce } from './clause.ts';
import { assertClear, assertRising } from './clear-hours.ts';
import type { Clause } from './clause.ts';
import type { SaidTime } from '../meaning/draft.ts';
import { inPartOfDay } from '../meaning/part-of-day.ts';
import { PhraseProblem } from '../phrase-problem.ts';
import type { TokenReader } from '../token-reader.ts';
import { partOfDay, unitOf } from '../vocabulary.ts';
import type { PartOfDay } from '../vocabulary.ts';

const exact = (hour: number, minute = 0): SaidTime => ({ hour, minute, meridiem: true, bare: false });

function takeMeridiem(reader: TokenReader, hour: number, minute: number): SaidTime | undefined {
  const half = reader.text();
  if (half !== 'am' && half !== 'pm') return undefined;
  if (hour < 1 || hour > 12) return undefined;
  reader.position += 1;
  return exact((hour % 12) + (half === 'pm' ? 12 : 0), minute);
}

/** The minutes before an hour that people say. "9 to 17" is a window. */
const MINUTES_BEFORE: readonly number[] = [5, 10, 15, 20, 25];

/** Reads "half past nine", "quarter to 5", "10 past 9", and after "at" also "10 to 9". */
function readSpokenTime(reader: TokenReader, isAt: boolean): SaidTime | undefined {
  const isNumber = reader.peek()?.kind === 'number';
  const minutes = readMinutesBeside(reader);
  if (minutes === undefined) return undefined;
  const before = (isAt || !isNumber) && MINUTES_BEFORE.includes(minutes) && reader.take('to');
  if (!before && !reader.take('past')) return undefined;
  const said = readTime(reader, true, isAt);
  if (said === undefined || said.minute !== 0) return undefined;
  const spoken = { ...said, bare: false, inWords: said.bare };
  if (before) return { ...spoken, hour: (said.hour + 23) % 24, minute: 60 - minutes };
  return { ...spoken, minute: minutes };
}

/** Reads the minutes of "half past", "quarter to", "10 past", "twenty minutes to". */
function readMinutesBeside(reader: TokenReader): number | undefined {
  reader.take('a');
  if (reader.take('quarter')) return 15;
  if (reader.take('half')) return 30;
  const minutes = reader.takeNumber();
  if (minutes === undefined || minutes < 1 || minutes > 29 || !Number.isInteger(minutes)) return undefined;
  reader.take('minutes', 'minute', 'mins', 'min');
  return minutes;
}

/** Reads the "thirty" of "nine thirty". */
function readSpokenMinute(reader: TokenReader): number | undefined {
  const token = reader.peek();
  const isWord = token?.kind === 'number' && /^[a-z]/i.test(token.raw) && token.value >= 10 && token.value < 60;
  if (!isWord || unitOf(reader.text(1)) !== undefined) return undefined;
  reader.position += 1;
  return token.value;
}

/** Reads a number alone: an hour (9, 18), or four digits (0930). */
function readBareTime(reader: TokenReader): SaidTime | undefined {
  const raw = reader.peek()?.raw ?? '';
  const value = reader.takeNumber();
  if (value === undefined) return undefined;
  const dotted = /^(\d{1,2})\.(\d\d)$/.exec(raw);
  if (dotted !== null) {
    const [hour, minute] = [Number(dotted[1]), Number(dotted[2])];
    return hour < 24 && minute < 60 ? { hour, minute, meridiem: false, bare: false } : undefined;
  }
  if (!Number.isInteger(value)) return undefined;
  if (/^\d{4}$/.test(raw)) {
    const [hour, minute] = [Math.floor(value / 100), value % 100];
    reader.take('hours', 'hrs');
    return hour < 24 && minute < 60 ? exact(hour, minute) : undefined;
  }
  const halved = takeMeridiem(reader, value, 0);
  if (halved !== undefined) return halved;
  if (value === 12 && reader.take('noon')) return exact(12);
  if (value === 12 && reader.take('midnight')) return exact(0);
  if (value > 23 || unitOf(reader.text()) !== undefined || reader.text() === 'past') return undefined;
  reader.take('oclock');
  const minute = /^[a-z]/i.test(raw) ? readSpokenMinute(reader) : undefined;
  if (minute !== undefined) {
    return takeMeridiem(reader, value, minute) ?? { hour: value, minute, meridiem: false, bare: false, inWords: true };
  }
  return takeMeridiem(reader, value, 0) ?? { hour: value, minute: 0, meridiem: false, bare: true };
}

/** Reads one time of day. Accepts a number alone only with `allowBare`: after "at" or inside a window. */
function readTime(reader: TokenReader, allowBare: boolean, isAt = false): SaidTime | undefined {
  return reader.attempt(() => {
    if (reader.take('noon', 'midday')) return exact(12);
    if (reader.take('midnight')) return exact(0);
    const token = reader.peek();
    if (token?.kind === 'clock') {
      reader.position += 1;
      reader.take('oclock');
      return { hour: token.hour, minute: token.minute, meridiem: token.meridiem, bare: false };
    }
    const spoken = reader.attempt(() => readSpokenTime(reader, isAt));
    if (spoken !== undefined || token?.kind !== 'number') return spoken;
    return allowBare ? readBareTime(reader) : undefined;
  });
}

/** Reads "in the morning", "at night", after a time. */
function readPart(reader: TokenReader): PartOfDay | undefined {
  return reader.attempt(() => {
    const isIn = reader.takeAll('in', 'the');
    if (!isIn && !reader.take('at')) return undefined;
    const part = partOfDay(reader.text());
    if (part === undefined || isIn === (part === 'night')) return undefined;
    reader.position += 1;
    return part;
  });
}

function readTimeInPart(reader: TokenReader, allowBare: boolean): SaidTime | undefined {
  const start = reader.position;
  const time = readTime(reader, allowBare, allowBare);
  if (time === undefined) return undefined;
  const part = readPart(reader);
  if (part === undefined) return time;
  const moved = inPartOfDay(time, part);
  if (moved !== null) return { ...moved, inWords: false };
  const words = reader.wordsSince(start);
  throw new PhraseProblem(`"${words.join(' ')}" contradicts itself.`, words);
}

/** Reads "at 9am and 5pm", "18:30", "at noon". */
export const timesClause: Clause = (reader, draft) =>
  reader.attempt(() => {
    const start = reader.position;
    const at = reader.take('at');
    const times = readList(reader, (isFirst) => {
      const allowBare = at || (!isFirst && reader.take('at'));
      return readTimeInPart(reader, allowBare);
    });
    if (times === undefined) return false;
    assertClear(times, reader.wordsSince(start));
    assertRising(times, reader.wordsSince(start));
    return setOnce(draft, 'times', times, reader, start);
  });

/** Refuses "during business hours" and asks for the hours, which differ for everybody. */
export const businessHoursClause: Clause = (reader) =>
  reader.attempt(() => {
    const start = reader.position;
    reader.take('during', 'in', 'within');
    const named = reader.position;
    if (!reader.take('business', 'office', 'working', 'work') || !reader.take('hours')) return false;
    throw new PhraseProblem('Say when these hours start and end.', reader.wordsSince(named), [], {
      repairs: [[reader.wordsSince(start).join(' '), 'between 9am and 5pm on weekdays']],
    });
  });

/** Reads "between 9am and 5pm", "from 9 to 17", "9am-5pm". */
export const windowClause: Clause = (reader, draft) =>
  reader.attempt(() => {
    const start = reader.position;
    reader.take('only');
    const isBetween = reader.take('between');
    const isFrom = !isBetween && reader.take('from');
    const from = readTime(reader, isBetween || isFrom);
    if (from === undefined) return false;
    const joined = isBetween ? reader.take('and', '-', 'to') : reader.take('-', 'to', 'until', 'till', 'through');
    const to = joined ? readTime(reader, true) : undefined;
    if (to === undefined) return false;
    assertClear([from, to], reader.wordsSince(start));
    return setOnce(draft, 'window', { from, to }, reader, start);
  });

function readMinuteOfHour(reader: TokenReader): number | undefined {
  const token = reader.peek();
  if (token?.kind !== 'past' && token?.kind !== 'number') return undefined;
  if (!Number.isInteger(token.value) || token.value > 59) return undefined;
  reader.position += 1;
  return token.value;
}

function takeHour(reader: TokenReader): boolean {
  return reader.attempt(() => {
    reader.take('the', 'each', 'every');
    return reader.take('hour');
  });
}

/** Reads "at :15 and :45", "at 15 minutes past the hour", "hourly at 30", "on the hour", "at half past every hour". */
export const pastClause: Clause = (reader, draft) =>
  reader.attempt(() => {
    const start = reader.position;
    if (reader.takeAll('on', 'the', 'hour') || reader.takeAll('at', 'the', 'top', 'of')) {
      if (reader.wordsSince(start).length === 4 && !takeHour(reader)) return false;
      return setOnce(draft, 'pastMinutes', [0], reader, start);
    }
    if (reader.takeAll('on', 'the', 'half', 'hour')) return setOnce(draft, 'pastMinutes', [30], reader, start);
    const isAt = reader.take('at');
    if (reader.takeAll('half', 'past') && takeHour(reader)) {
      return setOnce(draft, 'pastMinutes', [30], reader, start);
    }
    const named = reader.take('minute', 'minutes');
    const isColon = reader.peek()?.kind === 'past';
    const minutes = readList(reader, () => readMinuteOfHour(reader));
    if (minutes === undefined) return false;
    const spoken = !named && !isColon;
    if (spoken) reader.take('minute', 'minutes', 'min', 'mins');
    const isPast = reader.take('past', 'after');
    // "10 past 9" is a time of day.
    if (isPast && ['number', 'clock'].includes(reader.peek()?.kind ?? '')) return false;
    if (isPast) takeHour(reader);
    // A number that can be an hour is read as one, and may become minutes when the whole phrase is known.
    const isHourly = isAt && draft.rate?.unit === 'hour' && minutes.some((minute) => minute > 23);
    if (spoken && !isPast && !isHourly) return false;
    return setOnce(draft, 'pastMinutes', minutes, reader, start);
  });
