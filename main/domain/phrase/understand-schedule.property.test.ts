import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkProperty, PROPERTY_TIMEOUT_MS } from '../../testing/property-runs.ts';
import { PHRASES, scheduleTexts } from '../../testing/schedule-texts.ts';
import { scheduleAnswerSchema, type ScheduleAnswer } from '../../contract/schedule-answer.ts';
import { SchedulerError } from '../errors.ts';
import { scheduleKey } from '../timing/schedule-key.ts';
import { understandSchedule } from './understand-schedule.ts';

const context = { nowMs: Date.parse('2026-11-23T10:00:00Z'), machineTimezone: 'Europe/Berlin' };

/** What the machine spent on this process: a wall clock would also count the other tests. */
function cpuMs(work: () => void): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

const most = { cron: 5, once: 1, combined: 5, interval: 5, event: 0, 'on-demand': 0 } as const;

/** A schedule that ends may have fewer runs left than are shown. */
const fewest = ({ kind, endDate }: ScheduleAnswer): number => Math.min(most[kind], endDate === undefined ? 5 : 1);

function answerOrRefusal(text: string): 'answer' | 'refusal' {
  try {
    const { spec, answer } = understandSchedule(text, context);
    expect(scheduleAnswerSchema.parse(answer)).toEqual(answer);
    expect(answer.nextRuns.length).toBeGreaterThanOrEqual(fewest(answer));
    expect(answer.nextRuns.length).toBeLessThanOrEqual(most[answer.kind]);
    expect(answer.sentence).not.toMatch(/undefined|NaN|null|\[object/);
    if (answer.kind === 'cron' || answer.kind === 'once') {
      const again = understandSchedule(answer.cron ?? answer.runAt ?? '', { ...context, timezone: answer.timezone });
      expect(scheduleKey(again.spec)).toBe(scheduleKey(spec));
    }
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
      const { suggestions, examples = [] } = error.details as Readonly<Record<string, string[]>>;
      expect([...(suggestions ?? []), ...examples].length).toBeGreaterThan(0);
    }
    return 'refusal';
  }
}

describe('any text', { timeout: PROPERTY_TIMEOUT_MS }, () => {
  it('is understood, or refused with a sentence', async () => {
    const counts = { answer: 0, refusal: 0 };
    await checkProperty(
      'fuzz',
      1000,
      fc.property(scheduleTexts, (text) => {
        counts[answerOrRefusal(text)] += 1;
      }),
    );
    console.log(`fuzz: ${counts.answer} answers, ${counts.refusal} refusals`);
    expect(Math.min(counts.answer, counts.refusal)).toBeGreaterThan(0);
  });

  it('takes no more than 50 ms, and throws only SchedulerError', async () => {
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
      // The same texts go through the whole command line in main/cli/schedule-fuzz.property.test.ts, five times as many.
      2000,
      fc.property(scheduleTexts, (text) => {
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
