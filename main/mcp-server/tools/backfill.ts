import { z } from 'zod';
import { backfillPreviewSchema, backfillRequestSchema } from '../../contract/backfill.ts';
import type { BackfillPreview, BackfillRequest } from '../../contract/backfill.ts';
import { executionSchema } from '../../contract/execution.ts';
import { definedOf } from '../../domain/defined.ts';
import { SchedulerError } from '../../domain/errors.ts';
import { lines, quoted } from '../answers/text.ts';
import { waitSeconds } from '../bounded-wait.ts';
import { defineChangeTool } from '../change-tool.ts';
import { readParameters } from '../given-parameters.ts';
import { changes, type OwnTool, type ToolContext } from '../own-tool.ts';
import { jobId, pastInstants, taskIdOf, timeSpan } from '../parameters.ts';
import { setTimeout as delay } from 'node:timers/promises';

/** Slots that an answer names. */
const mostSlots = 100;

const input = z.strictObject({
  job_id: jobId,
  since: timeSpan.since.unwrap().describe('From this time on.'),
  until: timeSpan.until,
  onlyMissed: z.boolean().optional().describe('Only slots that nobody ran.'),
  again: backfillRequestSchema.shape.again.describe('Also repeat slots that ran so.'),
  dryRun: z.boolean().optional().describe('Only say which slots would run.'),
  wait: waitSeconds,
});
type Given = z.output<typeof input>;

const { taskId, taskName, slots, left } = backfillPreviewSchema.shape;
const output = z.object({
  ...{ taskId, taskName },
  count: z.number().int(),
  /** The first of them. */
  slots,
  left: left.optional(),
  /** The runs that have ended; absent if they are still going on, or if none was started. */
  runs: z.array(executionSchema.pick({ executionId: true, slot: true, status: true })).optional(),
});
type Answer = z.input<typeof output>;

const asAnswer = ({
  taskId,
  taskName,
  slots,
}: Pick<BackfillPreview, 'taskId' | 'taskName'> & {
  readonly slots: readonly string[];
}): Answer => ({ taskId, taskName, count: slots.length, slots: slots.slice(0, mostSlots) });

const changing = defineChangeTool({
  name: 'backfill',
  title: 'Run slots of the past',
  description: 'Runs slots of the past, once each and in order. Try dryRun first. To stop, cancel one of its runs.',
  input,
  output,
  hints: { ...changes, openWorldHint: true, destructiveHint: true },
  change: async (given, context) => {
    const request = await requestOf(given, context);
    const plan = (await (await context.application()).backfills()).plan(request);
    if (plan.slots.length === 0) throw nothingToRun(plan.preview);
    return { action: 'backfill' as const, taskId: request.taskId, slots: [...plan.slots] };
  },
  answer: async ({ backfill }, { wait }, context): Promise<Answer> => {
    const signal = context.call?.signal;
    const waited = context.call === undefined ? null : delay(wait * 1000, null, { signal }).catch(() => null);
    const ended = await Promise.race([backfill.finished, ...(waited === null ? [] : [waited])]);
    if (signal?.aborted === true) (await (await context.application()).backfills()).stop(backfill.taskId);
    if (ended === null) return asAnswer(backfill);
    const runs = ended.executions.map(({ executionId, slot, status }) => ({ executionId, slot, status }));
    return { ...asAnswer(backfill), runs };
  },
  shown: (answer) => answer,
  text: ({ taskName, count, runs }) =>
    runs === undefined
      ? `Started ${slotCount(count)} of ${quoted(taskName)}, one after another. They go on while this connection lasts: executions shows them. Call backfill again to run what is left.`
      : lines(
          `Ran ${slotCount(runs.length)} of ${quoted(taskName)}.`,
          runs.map(({ slot, status, executionId }) => `${slot} ${status} (execution_id ${quoted(executionId)})`),
        ),
});

/** Runs slots of the past, or says which would run. */
export const backfillTool: OwnTool = {
  ...changing,
  call: async (given, context) => {
    const parameters = readParameters({ name: changing.name, input }, given);
    if (parameters.dryRun !== true) return changing.call(given, context);
    const preview = (await (await context.application()).backfills()).preview(await requestOf(parameters, context));
    const structured = { ...asAnswer(preview), left: preview.left };
    const heading = `${slotCount(preview.slots.length)} of ${quoted(preview.taskName)} would run. ${leftOut(preview)}`;
    return { structured, text: lines(heading.trim(), structured.slots) };
  },
};

async function requestOf(given: Given, context: ToolContext): Promise<BackfillRequest> {
  const { job_id, since, until, onlyMissed, again } = given;
  const span = await pastInstants({ since, until }, await context.application());
  const taskId = await taskIdOf(job_id, context);
  return backfillRequestSchema.parse({ taskId, ...span, ...definedOf({ onlyMissed, again }) });
}

const slotCount = (count: number): string => (count === 1 ? '1 slot' : `${count} slots`);

function leftOut({ left: { ran, notMissed, unknown } }: BackfillPreview): string {
  const reasons = [
    ...(ran === 0 ? [] : [`${slotCount(ran)} already ran`]),
    ...(notMissed === 0 ? [] : [`${slotCount(notMissed)} did not run for another reason`]),
    ...(unknown === 0 ? [] : [`${slotCount(unknown)} may have run: their records are gone`]),
  ];
  return reasons.length === 0 ? '' : `Left out: ${reasons.join('; ')}.`;
}

function nothingToRun(preview: BackfillPreview): SchedulerError {
  const { taskName, since, until, left } = preview;
  const message = `No slot of "${taskName}" would run between ${since} and ${until}. ${leftOut(preview)}`.trim();
  return new SchedulerError('usage/nothing-to-change', message, { left });
}
