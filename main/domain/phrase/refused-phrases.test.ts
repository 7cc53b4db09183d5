import { Settings } from 'luxon';
import { describe, expect, it } from 'vitest';
import { SchedulerError } from '../errors.ts';
import { understandSchedule } from './understand-schedule.ts';

const context = { nowMs: Date.parse('2026-11-23T10:00:00Z'), machineTimezone: 'UTC' };

/** Phrase, then the words that could not be used (none where words are missing), then a suggestion it must make. */
const REFUSED: readonly (readonly [phrase: string, unused: readonly string[], suggestion?: string])[] = [
  // Unknown words
  ['foo qux', ['foo', 'qux']],
  ['run every day at 9am', ['run'], 'every day at 9am'],
  ['every day at 9am sharp', ['sharp'], 'every day at 9am'],
  ['please every day at 9am', ['please'], 'every day at 9am'],
  ['evry day at 9am', ['evry'], 'every day at 9am'],
  ['every mnday at 9am', ['mnday'], 'every monday at 9am'],
  ['every day at 9am banana', ['banana'], 'every day at 9am'],
  ['banana every 45 minutes', ['banana']],
  ['every day at 9am in Narnia', ['Narnia']],
  ['every day at 25:00', ['25:00']],
  ['every day at 13pm', ['13pm']],
  ['every day at 24', ['24']],
  ['every day 9', ['9']],
  ['0900', ['0900']],
  ['every day at 9am ☃', ['☃']],
  ['every few minutes', ['few']],
  ['every blue moon', ['blue', 'moon']],
  ['sometimes', ['sometimes']],
  ['every day at dawn', ['dawn']],
  ['when the build is done', ['when', 'build', 'is', 'done']],
  // Steps that no schedule has
  ['every 0 minutes', ['every', '0', 'minutes']],
  ['every 1.51 hours', ['every', '1.51', 'hours']],
  ['biweekly', ['biweekly']],
  ['every 30 seconds', ['every', '30', 'seconds'], 'every minute'],
  ['every second', ['every', 'second'], 'every minute'],
  ['in 90 seconds', ['90', 'seconds']],
  ['twice an hour', ['twice', 'an', 'hour'], 'every 30 minutes'],
  ['first weekday at 9am', [], 'first working day of the month at 9am'],
  ['the 24th working day of the month at 9am', ['the', '24th', 'working', 'day']],
  ['on friday the 13th at 9am', ['on', 'friday', 'the', '13th'], 'every friday the 13th at 9am'],
  ['if it is a friday at 9am', [], 'the 13th if it is a friday at 9am'],
  ['the 32nd of the month', ['the', '32nd']],
  ['sixth monday of the month', ['sixth', 'monday']],
  // Ambiguous zones
  ['every day at 9am EST', ['EST'], 'every day at 9am in New York'],
  ['every day at 9am PST', ['PST'], 'every day at 9am in Los Angeles'],
  ['every day at 9am IST', ['IST']],
  // Ambiguous phrases
  ['every day at 2 and 5pm', ['2'], 'every day at 2pm and 5pm'],
  ['every hour from 1 to 5pm', ['1'], 'every hour from 1pm to 5pm'],
  ['every hour between 9 and 5', [], 'every hour between 9am and 5pm'],
  ['every 15 minutes from 9 to 5 on weekdays', [], 'every 15 minutes from 9am to 5pm on weekdays'],
  ['every 2 hours from 9 to 5', [], 'every 2 hours from 9am to 5pm'],
  ['every second monday', [], 'second monday of the month'],
  ['first monday at 9am', [], 'first monday of the month at 9am'],
  // Something missing
  ['', []],
  ['twice daily', [], 'every day at 9am and 5pm'],
  ['three times a day', []],
  ['every morning', []],
  ['every sunday night', [], 'every sunday at 9pm'],
  ['every 10 minutes during business hours', ['business', 'hours'], 'every 10 minutes between 9am and 5pm on weekdays'],
  ['hourly in office hours', ['office', 'hours'], 'hourly between 9am and 5pm on weekdays'],
  ['tomorrow', [], 'tomorrow at 9am'],
  ['next monday', [], 'next monday at 9am'],
  ['next week', ['next', 'week'], 'next monday at 9am'],
  ['in january at 9am', [], 'every day at 9am'],
  ['weekdays between 9am and 5pm', [], 'every hour between 9am and 5pm'],
  // Contradictions, and schedules that need two tasks
  ['every month on friday', [], 'first friday of the month'],
  ['on monday the 15th', ['on', 'monday', 'the', '15th']],
  ['every 5 minutes at 9am', []],
  ['every morning at 5pm', []],
  ['every monday morning at 5pm', []],
  ['every monday night at 2', []],
  ['every day tomorrow at 9am', []],
  ['in 5 minutes every day', []],
  ['twice a day at 9am', []],
  ['every week on the 15th', []],
  ['every 10 minutes between 10pm and 6am on weekdays', []],
  ['monday 3 december 2026 at 9am', ['monday']],
  ['31 february 2027 at 9am', ['31', 'february', '2027']],
  ['weekdays except mon-fri', []],
];

function refusalOf(text: string): SchedulerError {
  try {
    understandSchedule(text, context);
  } catch (error) {
    if (error instanceof SchedulerError) return error;
    throw error;
  }
  throw new Error(`"${text}" was understood`);
}

describe('refused phrases', () => {
  it('cover many cases', () => {
    expect(new Set(REFUSED.map(([phrase]) => phrase)).size).toBe(REFUSED.length);
    expect(REFUSED.length).toBeGreaterThanOrEqual(60);
  });

  const cases = REFUSED.map(([phrase, unused, suggestion]) => ({ phrase, unused, suggestion }));

  it.each(cases)('"$phrase" is refused for $unused', ({ phrase, unused, suggestion }) => {
    const error = refusalOf(phrase);
    expect(error.code).toBe('schedule/not-understood');
    expect(error.details['unused']).toEqual(unused);
    const suggestions = error.details['suggestions'] as string[];
    if (suggestion !== undefined) expect(suggestions).toContain(suggestion);
    for (const phraseToTry of suggestions) {
      expect(() => understandSchedule(phraseToTry, context), phraseToTry).not.toThrow();
    }
  });

  it.each([
    ['today at 5am', 'schedule/in-the-past'],
    ['yesterday at 9am', 'schedule/in-the-past'],
    ['2020-01-01T00:00:00Z', 'schedule/in-the-past'],
    ['2026-11-23T10:00:00Z', 'schedule/in-the-past'],
    ['2026-02-30T10:00:00Z', 'schedule/invalid-instant'],
    ['2026-12-03T25:00:00Z', 'schedule/invalid-instant'],
    ['2026-12-03T14:15:00+99:00', 'schedule/invalid-instant'],
    ['30 0 9 * * *', 'schedule/seconds-not-supported'],
    ['0 9 1 1 * 2027', 'schedule/seconds-not-supported'],
    ['0 9 31 2 *', 'schedule/never-fires'],
    ['30-10 * * * *', 'schedule/invalid-cron'],
    ['0 9 * * 8', 'schedule/invalid-cron'],
    ['5 4 * *', 'schedule/invalid-cron'],
    ['february 30th every year at 9am', 'schedule/never-fires'],
    ['TZ=Mars/Phobos 0 9 * * *', 'schedule/unknown-time-zone'],
  ])('"%s" is refused with %s', (text, code) => {
    expect(refusalOf(text).code).toBe(code);
  });

  it.each([
    ['feb 30', 'February has no 30th: it has 29 days at most. Try "february 29 at 9am"'],
    ['february 30 at 9am', 'February has no 30th'],
    ['31 june 9am', 'June has no 31st: it has 30 days. Try "june 30 at 9am"'],
  ])('"%s" is refused as a date that no year has', (text, message) => {
    expect(refusalOf(text).message).toContain(message);
  });

  it.each(['every hour from 9 to 5', 'every 15 minutes from 9 to 5 on weekdays'])(
    '"%s" is asked for am or pm',
    (text) => {
      expect(refusalOf(text).message).toMatch(/^Say whether 5 is am or pm\./);
    },
  );

  it.each(['every 15 minutes every day except mondays in june', 'every 5 hours on mondays'])(
    '"%s" is refused without a word about cron, which nobody typed',
    (text) => expect(refusalOf(text).message).not.toMatch(/cron/i),
  );

  it('writes dates in English, whatever the machine’s language', () => {
    const before = Settings.defaultLocale;
    Settings.defaultLocale = 'de';
    try {
      expect(refusalOf('friday 3 december 2026 at 9am').message).toContain('3 December 2026 is a Thursday');
    } finally {
      Settings.defaultLocale = before;
    }
  });

  it('lists at most eight different words and the number of the others', () => {
    const odd = Array.from({ length: 20 }, (_, index) => `q${String.fromCharCode(97 + index)}x`).join(' ');
    const { message, details } = refusalOf(`${odd} qax qax`);
    expect(message).toContain(
      'were not understood: "qax", "qbx", "qcx", "qdx", "qex", "qfx", "qgx", "qhx" and 12 more.',
    );
    expect(details['unused']).toHaveLength(22);
    expect(refusalOf('?'.repeat(200)).message).toContain('This word was not understood: "?".');
  });
});
