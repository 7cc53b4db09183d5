import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { scheduleFileSchema } from '../../../contract/task.ts';
import { SchedulerError } from '../../../domain/errors.ts';
import { memoryLedger } from '../../../testing/memory-ledger.ts';
import { addTask } from '../../../testing/schedule-samples.ts';
import { temporaryDir } from '../../../testing/temporary-dir.ts';
import { emptySchedule, parseSchedule, scheduleRules, scheduleText } from './document.ts';
import { markOwnText } from './edits.ts';
import { ScheduleReader } from './reader.ts';

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

function fixture(text: string) {
  const path = join(temporaryDir(), 'schedule.json');
  writeFileSync(path, text);
  const ledger = memoryLedger();
  return { ledger, read: () => new ScheduleReader(path, ledger).load().kind };
}

const valid = () => {
  const file = emptySchedule();
  addTask(file, { id: 'a' });
  return scheduleText(file);
};
const deep = () => valid().replace('{', `{"mine":${'['.repeat(100_000)}${']'.repeat(100_000)},`);
const invalid = () => valid().replace('"status": "active"', '"status": "asleep"');

describe('a schedule.json that this app wrote', () => {
  it('is not checked a second time', () => {
    const { ledger, read } = fixture(invalid());
    markOwnText(ledger, invalid());
    expect(read()).toBe('valid');
  });

  it('is checked again after a single character of it changed', () => {
    const { ledger, read } = fixture(invalid());
    markOwnText(ledger, `${invalid()} `);
    expect(read()).toBe('problem');
  });

  it.each(['2.0.0/0', '3.0.0/1', ''])('is checked again by an app with other rules (written by %j)', (rules) => {
    const { ledger, read } = fixture(invalid());
    ledger.setMark('schedule.json', hashOf(invalid()));
    if (rules !== '') ledger.setMark('schedule.json.rules', rules);
    expect(read()).toBe('problem');
  });

  it('is read and checked while the ledger cannot be read', () => {
    const { ledger, read } = fixture(valid());
    ledger.mark = () => {
      throw new SchedulerError('store/locked', 'busy');
    };
    expect(read()).toBe('valid');
  });
});

it('a changed schema increases `scheduleRules`', () => {
  const schema = JSON.stringify(z.toJSONSchema(scheduleFileSchema, { unrepresentable: 'any' }));
  // If this fails: increase the last number of `scheduleRules` if a rule became stricter, then put the new hash here.
  expect({ rules: scheduleRules, schema: hashOf(schema).slice(0, 12) }).toEqual({
    rules: '2.0.0/7',
    schema: '14ef841b40b5',
  });
});

it('a file that is nested too deep to be written again is not a schedule, and the reason says where', () => {
  expect(parseSchedule(deep())).toMatchObject({
    code: 'store/unreadable',
    reason: expect.stringMatching(/^line 1, column \d+: it is nested deeper than 1000 levels/) as unknown,
  });
  expect(parseSchedule(valid()).kind).toBe('valid');
});
