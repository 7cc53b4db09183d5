import { describe, expect, test } from 'vitest';
import { text } from '../../../text/en.ts';
import { calendarFormOf, calendarPolicyOf } from './calendar-form.ts';

describe('the calendars of a task', () => {
  test.each([
    [undefined],
    [{ skipOn: ['Germany', 'weekends'] }],
    [{ skipOn: ['weekends'], onlyOn: ['Work'], dayOff: 'next' as const }],
  ])('%j are the same after the form', (policy) => {
    expect(calendarPolicyOf(calendarFormOf(policy), policy)).toEqual(policy);
  });

  test('keep what a newer version stored', () => {
    const policy = { skipOn: ['weekends'], newer: true };
    expect(calendarPolicyOf(calendarFormOf(policy), policy)).toEqual(policy);
  });

  test('are none once no calendar is chosen, whatever the rule for days off', () => {
    expect(calendarPolicyOf({ calendars: { weekends: 'none' }, dayOff: 'next' })).toBeUndefined();
  });

  test('are said in one line', () => {
    const { summary } = text.calendars.editor;
    expect(summary(calendarFormOf(undefined))).toBe('runs on every day of its schedule');
    expect(summary(calendarFormOf({ skipOn: ['Germany', 'weekends'], dayOff: 'next' }))).toBe(
      'not on Germany, weekends, runs move to the next day',
    );
  });
});
