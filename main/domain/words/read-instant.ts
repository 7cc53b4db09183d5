import { parseDuration } from './read-duration.ts';

const isoDate = /^\d{4}-\d{2}-\d{2}$/;
const isoWithZone = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?\s?(Z|[+-]\d{2}:?\d{2})$/i;

/** The years that ISO 8601 writes with four digits, as every stored instant has them: 1 to 9999. */
const [firstMs, lastMs] = [Date.parse('0001-01-01T00:00:00.000Z'), Date.parse('9999-12-31T23:59:59.999Z')];

/** Whether a bare length of time (`2h`) is meant backwards or forwards from now. */
export type Direction = 'past' | 'future';

/** What words are read against. */
interface ReadingContext {
  readonly nowMs: number;
  /** IANA zone. */
  readonly timezone: string;
}

/** Milliseconds since 1970, or null where it is no instant. A time without a zone is read in the machine's. */
export async function parseInstant(raw: string, direction: Direction, context: ReadingContext): Promise<number | null> {
  const written = raw.trim();
  if (isoWithZone.test(written)) return validMs(Date.parse(written.replace(' ', 'T')));
  const length = /^\d+$/.test(written) ? null : parseDuration(written);
  if (length !== null) return validMs(context.nowMs + (direction === 'past' ? -length : length));
  if (written === 'now') return context.nowMs;
  return parseWords(isoDate.test(written) ? `${written} 00:00` : written, direction, context);
}

async function parseWords(
  written: string,
  direction: Direction,
  { nowMs, timezone }: ReadingContext,
): Promise<number | null> {
  const [{ casual }, { DateTime }] = await Promise.all([import('chrono-node/en'), import('luxon')]);
  const now = DateTime.fromMillis(nowMs, { zone: timezone });
  const [found, ...more] = casual.parse(
    written,
    { instant: now.toJSDate(), timezone: now.offset },
    { forwardDate: direction === 'future' },
  );
  // Words that are left over mean that the phrase was not understood as a whole.
  if (found === undefined || more.length > 0 || found.text.trim() !== written) return null;
  const { start } = found;
  if (start.isCertain('timezoneOffset')) return validMs(start.date().getTime());
  const unit = (name: 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second'): number => start.get(name) ?? 0;
  const timeGiven = start.isCertain('hour');
  const local = {
    year: unit('year'),
    month: unit('month'),
    day: unit('day'),
    hour: timeGiven ? unit('hour') : 0,
    minute: timeGiven ? unit('minute') : 0,
    second: timeGiven ? unit('second') : 0,
  };
  return validMs(DateTime.fromObject(local, { zone: timezone }).toMillis());
}

function validMs(ms: number): number | null {
  return ms >= firstMs && ms <= lastMs ? ms : null;
}
