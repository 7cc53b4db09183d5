import { z } from 'zod';
import type { ProposalPreview, ProposedAction } from '../../contract/proposal.ts';
import { instantSchema } from '../../contract/task.ts';
import { nextRunsLine, quoted } from './text.ts';

/** How the scheduler understood a proposed change, so that an agent notices a wrong time before the user decides. */
export const meaningSchema = z.object({
  /** Null if the change concerns no schedule. */
  schedule: z.object({ sentence: z.string(), timezone: z.string() }).nullable(),
  /** In UTC. Empty for a task that is paused. */
  nextRuns: z.array(instantSchema),
  warnings: z.array(z.string()),
  /** Why it cannot be applied any more; null if it can. */
  problem: z.string().nullable(),
});
export type Meaning = z.infer<typeof meaningSchema>;

/** After the other changes a task does not run by its schedule, or it runs at once. */
const scheduled: ReadonlySet<ProposedAction> = new Set(['create', 'update', 'resume']);

export function meaningOf(action: ProposedAction, preview: ProposalPreview): Meaning {
  const { schedule, nextRuns, warnings, problem } = preview;
  const isScheduled = scheduled.has(action);
  return { schedule: isScheduled ? schedule : null, nextRuns: isScheduled ? nextRuns : [], warnings, problem };
}

export function meaningLines({ schedule, nextRuns, warnings, problem }: Meaning): string[] {
  return [
    ...(schedule === null
      ? []
      : [`Schedule: ${quoted(schedule.sentence)}, time zone ${quoted(schedule.timezone)}.`, nextRunsLine(nextRuns)]),
    ...warnings.map((warning) => `Note: ${quoted(warning)}`),
    ...(problem === null ? [] : [`It can no longer be applied: ${quoted(problem)}`]),
  ];
}
