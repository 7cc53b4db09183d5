import type { FieldDifference, ShownDifference } from '../contract/history.ts';
import { taskSchema } from '../contract/task.ts';
import type { ClockStyle } from '../contract/time-style.ts';
import { storedSentence } from '../domain/naming/sentence.ts';

const recordedSchedule = taskSchema.pick({ cronExpression: true, timezone: true, runAt: true, scheduleRule: true });

/** A task's schedule, and the setting that is a cron expression. */
const scheduleFields: readonly string[] = ['schedule', 'cleanupSchedule'];

/** Returns changes with the sentence of each schedule in them, which the page cannot make itself. */
export function withSentences<T extends { readonly differences: readonly FieldDifference[] }>(
  changes: readonly T[],
  clock: ClockStyle,
): (Omit<T, 'differences'> & { differences: ShownDifference[] })[] {
  return changes.map((change) => ({
    ...change,
    differences: change.differences.map((difference) => {
      if (!scheduleFields.includes(difference.field)) return difference;
      const { before, after } = difference;
      return {
        ...difference,
        sentences: { before: recordedSentence(before, clock), after: recordedSentence(after, clock) },
      };
    }),
  }));
}

function recordedSentence(value: unknown, clock: ClockStyle): string | null {
  // A setting has the machine's zone, which its sentence does not name.
  if (typeof value === 'string') return storedSentence({ cronExpression: value, timezone: 'UTC' }, clock);
  const read = recordedSchedule.safeParse(value);
  return read.success ? storedSentence(read.data, clock) : null;
}
