import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SchedulerError } from '../errors.ts';
import { nextSlots } from '../timing/slots.ts';
import { cronSpec } from '../timing/cron-spec.ts';

/** Rows of the test tables of croner, cron-parser, cronsim and croniter: what each of them answers. */
const rows = readFileSync(join(import.meta.dirname, 'fixtures/peer-cron.tsv'), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => {
    const [peer = '', expression = '', zone = '', from = '', next = ''] = line.split('\t');
    return { peer, expression, zone, from, next };
  });

/** The rows that do not agree, by expression or by one row, each kind with its reason. */
const DIFFERENCES: readonly (readonly [row: RegExp, reason: string])[] = [
  [/\*\/100,1-7/, 'a step wider than the field, by which cronsim joins the two day fields with AND, is refused'],
  [/ 1-7 \* \*\/7\t/, 'cronsim joins the day fields with AND if one begins with *; here, either is enough'],
  [/\t(\?|\S+ \?|(\S+ ){3}\?)/, 'a ? outside the day fields, which croner takes as *, is refused'],
  [/-FRIL\t|#L\b|-MON#3|-SUN#L/, 'L and # after a range of weekdays are refused'],
  [/ 29-L /, 'a range that ends with L is refused'],
  [/sat#3\t/, 'a wildcard beside # means every day; croniter ignores the wildcard'],
  [/0 12 \? MAY 0#2/, 'the peer answers in another zone than the row says'],
  [
    /croner\t\* \* \* \* \*\tAmerica\/Los_Angeles\t2025-11-02/,
    'croner skips the repeated hour of a task of every minute',
  ],
  [
    /30 1,2 \* \* \*\tAustralia\/Lord_Howe|30 2 \* \* \*\tAntarctica\/Troll/,
    'a skipped time starts later by the gap; cron-parser moves it by an hour or to the next day',
  ],
  [/Europe\/Riga\t2021-03-/, 'a skipped time starts later by the gap; cronsim runs it at the change'],
  [
    /Europe\/Riga\t2021-10-/,
    'only a schedule of every hour follows real time through a repeated hour; cronsim asks for a wildcard',
  ],
];

const answerTo = (expression: string, zone: string, from: string): string => {
  try {
    const spec = cronSpec(expression, zone);
    const [slot] = nextSlots(spec, Date.parse(from), 1);
    return slot === undefined ? 'none' : new Date(slot).toISOString();
  } catch (error) {
    if (error instanceof SchedulerError) return `refused: ${error.message}`;
    throw error;
  }
};

describe('the test tables of other cron programs', () => {
  const differing = rows.filter(({ expression, zone, from, next }) => answerTo(expression, zone, from) !== next);
  const textOf = ({ peer, expression, zone, from }: (typeof rows)[number]): string =>
    [peer, expression, zone, from].join('\t');

  it('agree, or differ for a reason that is listed', () => {
    const unlisted = differing.filter((row) => !DIFFERENCES.some(([pattern]) => pattern.test(textOf(row))));
    expect(unlisted).toEqual([]);
    expect(rows.length - differing.length).toBeGreaterThan(3200);
  });

  it.each(DIFFERENCES)('%s: %s', (pattern) => {
    expect(differing.some((row) => pattern.test(textOf(row)))).toBe(true);
  });
});
