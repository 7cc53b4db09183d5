import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SchedulerError } from '../errors.ts';
import { nextSlots } from '../timing/slots.ts';
import { understandSchedule } from './understand-schedule.ts';
import type { Understood } from './understand-schedule.ts';

const context = { nowMs: Date.parse('2026-11-25T10:00:00Z'), machineTimezone: 'Europe/London' };
const SLOTS = 20;

interface Row {
  readonly phrase: string;
  readonly sign: string;
  readonly meanings: readonly string[];
}

const rowsOf = (file: string): Row[] =>
  readFileSync(join(import.meta.dirname, 'fixtures', file), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [, phrase = '', sign = '', meanings = ''] = /^(.*) ([=~?!]) ?(.*)$/.exec(line) ?? [];
      return { phrase, sign, meanings: meanings.split(' | ').filter((meaning) => meaning !== '') };
    });

/** Returns the slots of a schedule, and its first and last day. */
function slotsOf({ spec, answer }: Understood): string {
  const slots = nextSlots(spec, context.nowMs, SLOTS).map((slot) => new Date(slot).toISOString());
  const [first = '', last = ''] = [answer.startDate, answer.endDate].map((bound) => bound?.slice(0, 10));
  return [...slots, `from ${first} until ${last}`].join(' ');
}

/** Reads `0 9 * * * Asia/Tokyo from 2026-12-01 until 2026-12-24`. */
function expected(meaning: string): string {
  const [, text = '', first = '', last = ''] =
    /^(.*?)(?: from (\d{4}-\d\d-\d\d))?(?: until (\d{4}-\d\d-\d\d))?$/.exec(
      meaning.replace(/(every \w+(?: \w+)?) from/, '$1 counting'),
    ) ?? [];
  const schedule = understandSchedule(text.replace(' counting', ' from').replace('Z', ':00Z'), context);
  return `${slotsOf(schedule).replace(/from .*$/, '')}from ${first} until ${last}`;
}

/** Returns the slots of the first suggestion; null if a refusal has only examples. */
function firstSuggestion(phrase: string): string | null {
  try {
    understandSchedule(phrase, context);
  } catch (error) {
    if (!(error instanceof SchedulerError)) throw error;
    const [first] = error.details['suggestions'] as string[];
    return first === undefined ? null : slotsOf(understandSchedule(first, context));
  }
  throw new Error(`"${phrase}" was accepted`);
}

function check({ phrase, sign, meanings }: Row): void {
  const all = meanings.map(expected);
  if (sign === '?' && all.length === 0) expect(firstSuggestion(phrase)).toBeNull();
  else if (sign === '?') expect(all).toContain(firstSuggestion(phrase));
  else if (sign === '!') expect(all).not.toContain(firstSuggestion(phrase));
  else {
    const read = understandSchedule(phrase, context);
    expect([slotsOf(read)]).toEqual(all);
    if (sign === '~') expect(read.answer.warnings).not.toEqual([]);
  }
}

describe.each([
  { file: 'later-phrases.txt', counts: [167, 8, 23, 2] },
  { file: 'people-phrases.txt', counts: [127, 8, 46, 19] },
  { file: 'typed-phrases.txt', counts: [99, 28, 57, 16] },
  { file: 'sitting-phrases.txt', counts: [40, 9, 13, 0] },
])('phrases written after the grammar was finished: $file', ({ file, counts }) => {
  const rows = rowsOf(file);

  it('are different ones, as many of each sign as the table says', () => {
    expect(new Set(rows.map(({ phrase }) => phrase)).size).toBe(counts.reduce((sum, count) => sum + count, 0));
    expect([...'=~?!'].map((sign) => rows.filter((row) => row.sign === sign).length)).toEqual(counts);
  });

  it.each(rows)('"$phrase" $sign $meanings', check);
});

describe('refused phrases, by the slots of the first suggestion', () => {
  const rows = rowsOf('refused-phrases.txt');

  it('are 250 different ones or more', () => {
    expect(rows.length).toBeGreaterThanOrEqual(250);
    expect(new Set(rows.map(({ phrase }) => phrase)).size).toBe(rows.length);
    expect(rows.filter(({ sign }) => sign === '?')).toHaveLength(rows.length);
  });

  it.each(rows)('"$phrase" suggests $meanings', check);
});
