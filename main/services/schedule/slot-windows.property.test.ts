import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Task } from '../../contract/task.ts';
import { slotsBetween } from '../../domain/timing/slots.ts';
import { specOf } from '../../domain/timing/spec-of.ts';
import { checkProperty, PROPERTY_TIMEOUT_MS } from '../../testing/property-runs.ts';
import { SlotWindows } from './slot-windows.ts';

const minute = 60_000;
/** The day before the clocks go back in Europe, so that the slots include a repeated hour. */
const startMs = Date.parse('2026-10-24T00:00:00Z');

const schedules = fc.constantFrom<Partial<Task>>(
  { cronExpression: '* * * * *', timezone: 'UTC' },
  { cronExpression: '*/7 * * * *', timezone: 'Europe/London' },
  { cronExpression: '30 1 * * *', timezone: 'Europe/London' },
  { cronExpression: '0 9 * * 1-5', timezone: 'Asia/Kathmandu' },
  { cronExpression: '0 0 29 2 *', timezone: 'UTC' },
  { cronExpression: '', timezone: 'UTC', runAt: new Date(startMs + 600 * minute).toISOString() },
);
const instants = fc.oneof(fc.integer({ min: 0, max: 4 * 1440 * 60 }), fc.integer({ min: 598 * 60, max: 602 * 60 }));
/** Realistic queries: mostly tasks of the same group, each a little later; sometimes after the clock was set back. */
const questions = fc.array(
  fc.record({
    schedule: schedules,
    after: instants,
    until: instants,
    limit: fc.constantFrom(1, 3, 50_000),
    again: fc.boolean(),
  }),
  { minLength: 1, maxLength: 12 },
);

it(
  'are those of slotsBetween, whatever was asked before',
  async () => {
    const agree = fc.property(questions, (asked) => {
      const windows = new SlotWindows();
      let before = asked[0]?.schedule ?? {};
      for (const { schedule, after, until, limit, again } of asked) {
        const task = (again ? before : schedule) as Task;
        before = task;
        const [afterMs, untilMs] = [startMs + after * 1000, startMs + until * 1000];
        expect(windows.between(task, afterMs, untilMs, limit)).toEqual(
          slotsBetween(specOf(task), afterMs, untilMs, limit),
        );
        // The next task of the group, a moment later.
        const laterMs = untilMs + 20_000;
        expect(windows.between(task, afterMs, laterMs, limit)).toEqual(
          slotsBetween(specOf(task), afterMs, laterMs, limit),
        );
      }
    });
    await checkProperty('slot windows', 1_000, agree);
  },
  PROPERTY_TIMEOUT_MS,
);
