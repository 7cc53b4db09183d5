import fc from 'fast-check';
import { expect, it } from 'vitest';
import { longestDurationMs } from '../../contract/durations.ts';
import { instantSchema } from '../../contract/task.ts';
import { SchedulerError } from '../../domain/errors.ts';
import { duration } from './duration.ts';
import { instant } from './instant.ts';

const context = {
  nowMs: Date.parse('2026-11-23T12:00:00Z'),
  timezone: 'UTC',
  stdin: () => Promise.resolve(''),
  readFile: () => Promise.resolve(''),
};
const unit = fc.constantFrom('', 'ms', 's', 'm', 'h', 'd', 'w');
const amount = fc.oneof(
  fc.double().map(String),
  fc.integer({ min: -5, max: 5_000_000_000 }).map(String),
  fc.constantFrom('NaN', 'Infinity', '-1', '0', '1e300', '9007199254740993', '36525', '36526'),
);

it('a length of time is read within 100 years, or refused with its name and value', () => {
  fc.assert(
    fc.property(amount, unit, (number, word) => {
      const raw = `${number}${word}`;
      try {
        const ms = duration('').read([raw], '--timeout', context) as number;
        expect(Number.isSafeInteger(ms) && ms >= 0 && ms <= longestDurationMs).toBe(true);
      } catch (problem) {
        if (!(problem instanceof SchedulerError)) throw problem;
        expect(problem.message).toContain(`--timeout: "${raw}" is not valid`);
      }
    }),
  );
  expect(duration('').read(['36525d'], '--timeout', context)).toBe(longestDurationMs);
  expect(() => duration('').read(['36526d'], '--timeout', context)).toThrow('100 years');
});

it('an instant is read if it can be stored, or refused with its name and value', async () => {
  await fc.assert(
    fc.asyncProperty(amount, unit, fc.constantFrom('past', 'future'), async (number, word, direction) => {
      const raw = `${number}${word}`;
      try {
        const read = await instant('', direction).read([raw], '--until', context);
        expect(instantSchema.safeParse(read).success).toBe(true);
      } catch (problem) {
        if (!(problem instanceof SchedulerError)) throw problem;
        expect(problem.message).toContain('--until');
      }
    }),
  );
  await expect(async () => instant('', 'future').read(['3000000d'], '--until', context)).rejects.toThrow('9999');
});
