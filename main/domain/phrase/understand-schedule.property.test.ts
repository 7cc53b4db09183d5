import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cronTexts } from '../../testing/cron-texts.ts';
import { checkProperty, PROPERTY_TIMEOUT_MS } from '../../testing/property-runs.ts';
import { scheduleAnswerSchema } from '../../contract/schedule-answer.ts';
import { SchedulerError } from '../errors.ts';
import { scheduleKey } from '../timing/schedule-key.ts';
import { understandSchedule } from './understand-schedule.ts';

const context = { nowMs: Date.parse('2026-11-23T10:00:00Z'), machineTimezone: 'Europe/Berlin' };

const PHRASES = [
  'every day at 9am',
  'every 15 minutes between 9am and 5pm on weekdays',
  'first monday of the month at 9am in Tokyo',
  'every monday and wednesday at 9am and 5pm',
  'every day except sunday at 18:30',
  'in 1 hour and 30 minutes',
  'on 3 December 2026 at 14:15',
  'next monday at 10',
  'last day of every quarter at noon',
  'twice a week on monday and thursday at 9am',
  '2026-12-03T14:15:00Z',
  '0 9 * * 1-5',
  '*/15 9-17 1,15 * mon#2',
];
const WORDS = [
  ...new Set(PHRASES.flatMap((phrase) => phrase.split(' '))),
  ...'every each of the at in on and or to from until between except not other half past quarter second last 31 0 -1 99 1.5 9:99 25:00 12am :30 banana ☃ 🕘 ١٢ NULL $(reboot) %s \u0000 @daily @reboot #2 L ? / - ,'.split(
    ' ',
  ),
];

const mutated = fc
  .tuple(
    fc.constantFrom(...PHRASES),
    fc.array(fc.tuple(fc.nat(), fc.nat({ max: 3 }), fc.string({ maxLength: 3 })), { maxLength: 4 }),
  )
  .map(([phrase, changes]) =>
    changes.reduce((text, [at, kind, piece]) => {
      const index = text.length === 0 ? 0 : at % text.length;
      if (kind === 0) return text.slice(0, index) + text.slice(index + 1);
      if (kind === 1) return text.slice(0, index) + piece + text.slice(index);
      if (kind === 2) return text.slice(0, index) + piece + text.slice(index + piece.length);
      return `${text.slice(index)} ${text.slice(0, index)}`;
    }, phrase),
  );
const salad = fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 14 }).map((words) => words.join(' '));
const long = fc
  .tuple(fc.constantFrom(...WORDS, ',', '1,', '*/', '(', 'a'), fc.integer({ min: 50, max: 2000 }), fc.boolean())
  .map(([word, count, spaced]) =>
    Array(count)
      .fill(word)
      .join(spaced ? ' ' : ''),
  );
const texts = fc.oneof(
  { weight: 5, arbitrary: mutated },
  { weight: 5, arbitrary: salad },
  { weight: 3, arbitrary: fc.string({ maxLength: 60, unit: 'binary' }) },
  { weight: 2, arbitrary: fc.string({ maxLength: 40, unit: fc.constantFrom(...'0123456789*/,-#L? ') }) },
  { weight: 1, arbitrary: cronTexts },
  { weight: 1, arbitrary: long },
);

/** What the machine spent on this process: a wall clock would also count the other tests. */
function cpuMs(work: () => void): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

function answerOrRefusal(text: string): 'answer' | 'refusal' {
  try {
    const { spec, answer } = understandSchedule(text, context);
    expect(scheduleAnswerSchema.parse(answer)).toEqual(answer);
    expect(answer.nextRuns.length).toBe(answer.kind === 'cron' ? 5 : 1);
    expect(answer.sentence).not.toMatch(/undefined|NaN|null|\[object/);
    const again = understandSchedule(answer.cron ?? answer.runAt ?? '', { ...context, timezone: answer.timezone });
    expect(scheduleKey(again.spec)).toBe(scheduleKey(spec));
    return 'answer';
  } catch (error) {
    if (!(error instanceof SchedulerError)) throw error;
    expect(error.code).toMatch(
      /^schedule\/(not-understood|in-the-past|invalid-|seconds-|never-fires|unknown-time-zone)/,
    );
    expect(error.message).not.toMatch(
      /undefined|NaN|\[object|TypeError|RangeError|Invalid time|CronParser|is not a function/,
    );
    expect(error.message).toMatch(/[.?]$/);
    if (error.code === 'schedule/not-understood') {
      expect(error.details['unused']).toBeInstanceOf(Array);
      for (const phrase of error.details['suggestions'] as string[]) {
        expect(() => understandSchedule(phrase, context), `suggested for ${text}`).not.toThrow();
      }
      expect((error.details['suggestions'] as string[]).length).toBeGreaterThan(0);
    }
    return 'refusal';
  }
}

describe('any text', { timeout: PROPERTY_TIMEOUT_MS }, () => {
  it('is answered or refused in plain words', async () => {
    const counts = { answer: 0, refusal: 0 };
    await checkProperty(
      'fuzz',
      1000,
      fc.property(texts, (text) => {
        counts[answerOrRefusal(text)] += 1;
      }),
    );
    console.log(`fuzz: ${counts.answer} answers, ${counts.refusal} refusals`);
    expect(Math.min(counts.answer, counts.refusal)).toBeGreaterThan(0);
  });

  it('takes no more than 50 ms, and throws nothing but refusals', async () => {
    let slowest = 0;
    let slowestText = '';
    const attempt = (text: string): void => {
      try {
        understandSchedule(text, context);
      } catch (error) {
        if (!(error instanceof SchedulerError)) throw error;
      }
    };
    for (const phrase of [...PHRASES, 'warm up ☃']) attempt(phrase);
    await checkProperty(
      'fuzz for time',
      10_000,
      fc.property(texts, (text) => {
        let spent = cpuMs(() => attempt(text));
        // A garbage collection may fall into one attempt, not into three.
        if (spent > 50)
          spent = Math.min(
            spent,
            cpuMs(() => attempt(text)),
            cpuMs(() => attempt(text)),
          );
        if (spent > slowest) [slowest, slowestText] = [spent, text.slice(0, 80)];
        expect(spent, text.slice(0, 200)).toBeLessThan(50);
      }),
    );
    console.log(`fuzz for time: slowest ${slowest.toFixed(1)} ms, ${JSON.stringify(slowestText)}`);
  });
});
