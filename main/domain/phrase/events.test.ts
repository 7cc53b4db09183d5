import { describe, expect, it, test } from 'vitest';
import { eventNameSchema } from '../../contract/events.ts';
import { eventsOf, hasNoTimes, onceAt, scheduleText } from '../../contract/schedule-rule.ts';
import { scheduleKey } from '../timing/schedule-key.ts';
import { timingId, timingName } from '../naming/timing-id.ts';
import { nextSlots, slotsBetween } from '../timing/slots.ts';
import { specOf, storedSchedule } from '../timing/spec-of.ts';
import { understandSchedule } from './understand-schedule.ts';
import { wordsOf } from './words-of.ts';

const context = { nowMs: Date.parse('2026-11-25T12:00:00Z'), machineTimezone: 'Europe/Berlin' };
const eventsIn = (phrase: string) => understandSchedule(phrase, context).answer.scheduleRule?.events;

describe('phrases', () => {
  test.each([
    [
      'startup',
      ['at startup', 'At start-up.', 'on system start', 'at boot', 'on boot', 'on every boot', 'after a reboot'],
    ],
    ['startup', ['@reboot', 'when the computer starts', 'when my PC boots up', 'whenever the machine restarts']],
    ['login', ['at login', 'on login', 'at log-in', 'at logon', 'every login', 'at every login', 'after sign-in']],
    ['login', ['when I log in', 'every time I log in', 'whenever you sign in', 'runs only at login']],
    ['unlock', ['on unlock', 'on screen unlock', 'when I unlock my screen', 'when the screen is unlocked']],
    ['wake', ['on wake', 'on wake-up', 'on resume', 'after sleep', 'when the computer wakes', 'when my Mac wakes up']],
    ['wake', ['when the laptop resumes from sleep', 'on wake from sleep']],
  ])('%s: %j', (event, phrases) => {
    for (const phrase of phrases) expect([phrase, eventsIn(phrase)]).toEqual([phrase, [event]]);
  });

  test('several events are one schedule, each once, however they are written', () => {
    const both = ['on wake or at login', 'at login, on wake', 'when I log in and when the computer wakes'];
    for (const phrase of both) expect(eventsIn(phrase)).toEqual(['login', 'wake']);
    expect(eventsIn('at boot or @reboot')).toEqual(['startup']);
  });

  test('the answer has no times', () =>
    expect(understandSchedule('when I log in', context).answer).toEqual({
      ...{ kind: 'event', rrule: null, cron: null, runAt: null, timezone: 'Europe/Berlin' },
      ...{ scheduleRule: { events: ['login'] }, sentence: 'At login', warnings: [], nextRuns: [] },
    }));

  test('a zone is not used, and the answer says so', () => {
    const { answer } = understandSchedule('at login', { ...context, timezone: 'Asia/Tokyo' });
    expect(answer.timezone).toBe('Europe/Berlin');
    expect(answer.warnings).toEqual(['An event has no time zone: Asia/Tokyo is not used.']);
  });

  test.each([
    'at login at 9',
    '5 minutes after login',
    'at login on weekdays',
    'at boot and every day at 9',
    'unlock at 9',
  ])('%s is refused with what an event can be', (phrase) =>
    expect(() => understandSchedule(phrase, context)).toThrow(
      expect.objectContaining({
        code: 'schedule/not-understood',
        message: expect.stringContaining('An event has no time, day or delay') as string,
        details: expect.objectContaining({
          suggestions: [],
          examples: ['at startup', 'at login', 'on unlock', 'on wake'],
        }) as object,
      }),
    ),
  );
});

describe('schedules of events', () => {
  const spec = (...events: ('login' | 'wake' | 'startup' | 'unlock')[]) =>
    ({ kind: 'event', events, timezone: 'Asia/Tokyo' }) as const;

  it('are stored so that no older version runs them, and read back', () => {
    const stored = storedSchedule(spec('login', 'wake'));
    expect(stored.runAt).toBe('2199-01-01T00:00:00.000Z');
    expect(specOf(stored)).toEqual(spec('login', 'wake'));
    expect([eventsOf(stored), onceAt(stored), hasNoTimes(stored)]).toEqual([['login', 'wake'], undefined, true]);
    const { scheduleRule: _unknown, ...older } = stored;
    expect(specOf(older)).toMatchObject({ kind: 'once', atMs: Date.UTC(2199, 0, 1) });
  });

  it('share a group whatever their zone and order, and their id names none', () => {
    const same = {
      ...storedSchedule(spec('login', 'wake')),
      timezone: 'UTC',
      scheduleRule: { events: ['wake', 'login'] },
    };
    expect(scheduleKey(specOf(same))).toBe(scheduleKey(spec('login', 'wake')));
    const id = timingId(spec('login', 'wake'), { machineTimezone: 'UTC', taken: new Map() });
    expect(id).toBe('at-login-or-on-wake');
    expect(timingName(spec('login'), 'UTC', '24h')).toBe('At login');
  });

  it('have no slots before they happen', () => {
    expect(nextSlots(spec('wake'), context.nowMs, 5)).toEqual([]);
    expect(slotsBetween(spec('wake'), 0 + context.nowMs, context.nowMs + 1e12, 5)).toEqual([]);
  });

  it('are refused beside anything else, in a message that does not repeat a long text', () => {
    expect(() => understandSchedule(`at login ${'and then '.repeat(80)}`, context)).toThrow(
      /^"at login .{50,52}…" is not/,
    );
  });

  it('are written and read as the same words, in the sentence and as exact text', () => {
    for (const event of eventNameSchema.options) {
      const words = wordsOf(spec(event), '24h');
      expect(words?.toLowerCase()).toBe(scheduleText(storedSchedule(spec(event))));
    }
    expect(eventsIn(scheduleText(storedSchedule(spec('startup', 'unlock'))))).toEqual(['startup', 'unlock']);
  });
});
