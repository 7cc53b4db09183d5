import { z } from 'zod';
import { snapshotSchema } from './snapshot.ts';
import { taskViewSchema, timingViewSchema } from './task.ts';

/** Everything that a window shows, except the runs. */
export type Schedule = z.infer<typeof scheduleSchema>;
const scheduleSchema = snapshotSchema.omit({ executions: true });

const changesOf = <T extends z.ZodType>(item: T) =>
  z.object({
    /** Those that are new or different. */
    changed: z.array(item),
    /** Ids. */
    removed: z.array(z.string()),
    /** The ids of all, in order; null if those that are known stay where they are, and new ones follow them. */
    order: z.array(z.string()).nullable(),
  });

/** What is different in a schedule since an earlier revision. Tasks and groups are sent only if they changed, as there may be thousands. */
export const scheduleChangeSchema = scheduleSchema.omit({ tasks: true, timings: true }).extend({
  /** The revision that it changes. It can be applied to no other. */
  from: z.number().int(),
  tasks: changesOf(taskViewSchema),
  timings: changesOf(timingViewSchema),
});
export type ScheduleChange = z.infer<typeof scheduleChangeSchema>;

interface Changes<T> {
  readonly changed: readonly T[];
  readonly removed: readonly string[];
  readonly order: readonly string[] | null;
}

/** Returns a schedule of the revision `from` with the change applied. What did not change stays the same object. */
export function withChange(schedule: Schedule, { from: _, tasks, timings, ...rest }: ScheduleChange): Schedule {
  return { ...rest, tasks: changedItems(schedule.tasks, tasks), timings: changedItems(schedule.timings, timings) };
}

function changedItems<T extends { readonly id: string }>(items: T[], { changed, removed, order }: Changes<T>): T[] {
  if (changed.length === 0 && removed.length === 0 && order === null) return items;
  const fresh = new Map(changed.map((item) => [item.id, item]));
  const gone = new Set(removed);
  const all = new Map<string, T>();
  for (const item of items) if (!gone.has(item.id)) all.set(item.id, fresh.get(item.id) ?? item);
  for (const item of changed) all.set(item.id, item);
  return order === null ? [...all.values()] : order.flatMap((id) => all.get(id) ?? []);
}
