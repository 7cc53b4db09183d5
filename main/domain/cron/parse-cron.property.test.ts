import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cronTexts } from '../../testing/cron-texts.ts';
import { checkProperty, PROPERTY_TIMEOUT_MS } from '../../testing/property-runs.ts';
import { SchedulerError } from '../errors.ts';
import { HOUR, MINUTE, MONTH } from './cron-fields.ts';
import type { CronExpression, CronSets, DayRule } from './cron-sets.ts';
import { cronOf, parseCron } from './parse-cron.ts';
import { parseDays } from './parse-days.ts';
import { parseField } from './parse-field.ts';

function parsed(text: string): CronExpression | null {
  try {
    return parseCron(text);
  } catch (error) {
    if (error instanceof SchedulerError) return null;
    throw error;
  }
}

function dayMatches(
  { monthDays, lastDayOfMonth, weekdays, nthWeekdays }: DayRule,
  date: Date,
  length: number,
): boolean {
  if (monthDays === null && weekdays === null) return true;
  const day = date.getUTCDate();
  if (monthDays?.includes(day) === true || (lastDayOfMonth && day === length)) return true;
  if (weekdays?.includes(date.getUTCDay()) === true) return true;
  return nthWeekdays.some(
    ({ weekday, nth }) =>
      weekday === date.getUTCDay() && (nth === -1 ? day + 7 > length : nth === Math.floor((day - 1) / 7) + 1),
  );
}

/** Returns the days that the fields match as written, over a cycle of 28 years, which contains every kind of year. */
function meaningOf(text: string): string {
  const [minute = '', hour = '', monthDay = '', month = '', weekday = ''] = text.toLowerCase().split(' ');
  const months = parseField(MONTH, month);
  const rule = parseDays(monthDay, weekday);
  const days: string[] = [];
  for (let year = 2001; year <= 2028; year += 1) {
    for (const at of months) {
      const length = new Date(Date.UTC(year, at, 0)).getUTCDate();
      let mask = 0;
      for (let day = 1; day <= length; day += 1) {
        if (dayMatches(rule, new Date(Date.UTC(year, at - 1, day)), length)) mask |= 1 << day;
      }
      if (mask !== 0) days.push(`${year}-${at}:${mask}`);
    }
  }
  return [parseField(MINUTE, minute).join(), parseField(HOUR, hour).join(), ...days].join(' ');
}

/** Fields in which different spellings of one meaning are common, every combination of which is tried. */
const CLOSE_DAYS = [
  '*',
  'L',
  '31',
  '30',
  '30,31',
  '28',
  '29',
  '28,29',
  '28,L',
  '29-31',
  '1-7',
  '1,L',
  '1-30',
  '1-31',
  '2-24',
];
const CLOSE_MONTHS = ['*', '1', '2', '4', '1,3', '2,4', '1,2', '4,6'];
const CLOSE_WEEKDAYS = [
  '*',
  '1',
  '0-6',
  '1L',
  '1#5',
  '1#4,1#5',
  '1#4,1L',
  '1#1,1#2,1#3,1#4,1#5',
  '0#1,1#1,2#1,3#1,4#1,5#1,6#1',
];
const closeTexts = CLOSE_DAYS.flatMap((day) =>
  CLOSE_MONTHS.flatMap((month) => CLOSE_WEEKDAYS.map((weekday) => `0 9 ${day} ${month} ${weekday}`)),
);

describe('canonical cron', { timeout: PROPERTY_TIMEOUT_MS }, () => {
  it('is stable under parsing again', async () => {
    await checkProperty(
      'canonical is stable',
      2000,
      fc.property(cronTexts, (text) => {
        const cron = parsed(text);
        if (cron === null) return;
        expect(parseCron(cron.canonical)).toEqual(cron);
      }),
    );
  });

  it('keeps the meaning, day by day over 28 years', async () => {
    await checkProperty(
      'canonical keeps the meaning',
      300,
      fc.property(fc.oneof(cronTexts, fc.constantFrom(...closeTexts)), (text) => {
        const cron = parsed(text);
        if (cron === null) return;
        expect(meaningOf(cron.canonical), text).toBe(meaningOf(text));
      }),
    );
  });

  it('is equal exactly when the meaning is', () => {
    const canonicalOf = new Map<string, string>();
    const meanings = new Map<string, string>();
    let spellings = 0;
    for (const text of closeTexts) {
      const cron = parsed(text);
      if (cron === null) continue;
      const meaning = meaningOf(text);
      expect(canonicalOf.get(meaning) ?? cron.canonical, text).toBe(cron.canonical);
      expect(meanings.get(cron.canonical) ?? meaning, `${text} → ${cron.canonical}`).toBe(meaning);
      canonicalOf.set(meaning, cron.canonical);
      meanings.set(cron.canonical, meaning);
      spellings += 1;
    }
    console.log(`canonical is equal when the meaning is: ${spellings} spellings of ${meanings.size} meanings`);
    expect(spellings).toBeGreaterThan(meanings.size);
  });

  it('does not depend on order, case, names, spacing or ranges', async () => {
    await checkProperty(
      'canonical of other spellings',
      1000,
      fc.property(cronTexts, fc.array(fc.nat(), { minLength: 30, maxLength: 30 }), (text, order) => {
        const cron = parsed(text);
        if (cron === null) return;
        const shuffled = text
          .split(' ')
          .map((field) => {
            const parts = field.split(',').map((part, index) => ({ part, at: order[index] ?? 0 }));
            return parts
              .sort((a, b) => a.at - b.at)
              .map(({ part }) => part)
              .join(',');
          })
          .join('  \t')
          .toLowerCase();
        expect(parseCron(` ${shuffled} `).canonical, shuffled).toBe(cron.canonical);
      }),
    );
  });

  it('accepts sets in any order with repeated values', async () => {
    const mixed = (values: readonly number[]) =>
      fc.array(fc.constantFrom(...values), { maxLength: 3 }).chain((again) => {
        const all = [...values, ...again];
        return fc.shuffledSubarray(all, { minLength: all.length });
      });
    const lists = ({ minutes, hours, months, days: { monthDays, weekdays } }: CronSets) =>
      fc.tuple(
        ...[minutes, hours, months, monthDays ?? [], weekdays ?? []].map((set) =>
          set.length > 0 ? mixed(set) : fc.constant([]),
        ),
      );
    const cases = cronTexts.map(parsed).filter((cron) => cron !== null);
    await checkProperty(
      'canonical of sets in any order',
      1000,
      fc.property(
        cases.chain((cron) => lists(cron.sets).map((listed) => ({ cron, listed }))),
        ({ cron, listed }) => {
          const [minutes = [], hours = [], months = [], monthDays = [], weekdays = []] = listed;
          const { days } = cron.sets;
          const rule = { ...days, monthDays: days.monthDays && monthDays, weekdays: days.weekdays && weekdays };
          expect(cronOf(minutes, hours, months, rule)).toEqual(cron);
        },
      ),
    );
  });
});
