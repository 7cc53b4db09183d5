import { z } from 'zod';
import { cronSpec } from '../../domain/timing/cron-spec.ts';
import type { Application } from '../../application/application.ts';
import { cliResults } from '../../contract/cli.ts';
import { slotRecordSchema, type SlotRecord } from '../../contract/execution.ts';
import { SchedulerError } from '../../domain/errors.ts';
import { nextSlots } from '../../domain/timing/slots.ts';
import { fitting, pageSchema, pageText } from '../answers/pages.ts';
import { listed } from '../answers/shortened.ts';
import { defineTool, reads } from '../own-tool.ts';
import { instantOf, instantText, jobId } from '../parameters.ts';
import { lines, quoted } from '../answers/text.ts';

const { total, nextOffset } = pageSchema;
const slotPage = { total, nextOffset };

export const whyTool = defineTool({
  name: 'why',
  title: 'Explain why a task ran or did not',
  description:
    'Shows what happened at each slot of a task, and why: the latest slots, oldest first. Also tells if the task is late, takes too long or is overdue now.',
  input: z.strictObject({
    job_id: jobId,
    since: instantText.optional().describe('Default: one day ago.'),
    limit: z.number().int().min(1).max(500).default(500).describe('Number of slots. Default: 500.'),
    offset: z.number().int().min(0).default(0).describe('nextOffset of the last answer.'),
  }),
  output: z.object({ slots: z.array(slotRecordSchema), ...slotPage, attention: cliResults.why.shape.attention }),
  hints: reads,
  run: async ({ job_id, since, limit, offset }, context) => {
    const application = await context.application();
    const from = since === undefined ? undefined : await instantOf(since, 'since', 'past', application);
    const slots = await application.slots();
    const all = await slots.whyInFleet(job_id, from);
    const latest = all.toReversed().slice(offset, offset + limit);
    return { slots: latest.toReversed(), total: all.length, attention: slots.attention(job_id) };
  },
  shown: ({ slots, total, attention }, { limit, offset }) => {
    const latest = slots.toReversed().map(listed);
    const { entries, ...next } = fitting(latest, slotLine, { page: 1, limit, offset }, total);
    return { slots: entries.toReversed(), total, attention, ...next };
  },
  text: ({ slots, total, attention, nextOffset }) => {
    const heading = [`${total} slots.`, ...attention.map(({ kind, message }) => `${kind}: ${message}`)].join('\n');
    return pageText(heading, slots.toReversed().map(slotLine), nextOffset);
  },
});

function slotLine({ slot, state, outcome, reason, detail, executionId }: SlotRecord): string {
  const facts = [
    ...[slot, outcome ?? state, reason ?? '', detail === null ? '' : quoted(detail)],
    executionId === null ? '' : `execution_id ${quoted(executionId)}`,
  ];
  return facts.filter((fact) => fact !== '').join(' ');
}

export const nextTool = defineTool({
  name: 'next',
  title: 'Show the next runs',
  description: 'Shows the next runs of a task, a group or a cron expression.',
  input: z.strictObject({
    job_id: jobId.optional(),
    timing_id: z.string().max(300).optional().describe('Id of a group, instead of job_id.'),
    cron: z.string().max(1000).optional().describe('A 5-field cron expression, instead of job_id.'),
    timezone: z.string().max(100).optional().describe('IANA time zone of cron.'),
    from: instantText.optional().describe('Show the runs after this time. Default: now.'),
    count: z.number().int().min(1).max(100).default(5).describe('Number of runs. Default: 5.'),
  }),
  output: cliResults.next,
  hints: reads,
  run: async ({ from, count, ...which }, context) => {
    const application = await context.application();
    const after =
      from === undefined ? application.clock.now() : Date.parse(await instantOf(from, 'from', 'future', application));
    const slots = await slotsOf(application, which, after, count);
    return { slots: slots.map((ms) => new Date(ms).toISOString()) };
  },
  text: ({ slots }) => lines(slots.length === 0 ? 'No further runs.' : `${slots.length} runs, in UTC.`, slots),
});

async function slotsOf(
  application: Application,
  which: {
    readonly job_id?: string | undefined;
    readonly timing_id?: string | undefined;
    readonly cron?: string | undefined;
    readonly timezone?: string | undefined;
  },
  afterMs: number,
  count: number,
): Promise<number[]> {
  if (which.cron !== undefined)
    return nextSlots(cronSpec(which.cron, which.timezone ?? application.timezone), afterMs, count);
  const tasks = await application.tasks();
  if (which.timing_id !== undefined) return tasks.nextRuns(which.timing_id, afterMs, count);
  if (which.job_id !== undefined) return tasks.nextRuns((await tasks.get(which.job_id)).task.id, afterMs, count);
  throw new SchedulerError('usage/invalid-parameters', 'next needs job_id, timing_id or cron.');
}

export const doctorTool = defineTool({
  name: 'doctor',
  title: 'Check the installation',
  description: 'Checks everything that runs need: store, OS scheduler, entries and tools. Changes nothing.',
  input: z.strictObject({}),
  output: cliResults.doctor,
  hints: reads,
  run: async (_, context) => ({ checks: [...(await (await (await context.application()).doctor()).diagnose())] }),
  shown: ({ checks }) => ({ checks: checks.map(listed) }),
  text: ({ checks }) =>
    lines(
      `${checks.filter(({ status }) => status !== 'ok').length} of ${checks.length} checks found a problem.`,
      checks
        .filter(({ status }) => status !== 'ok')
        .map(({ title, message }) => `${quoted(title)}: ${quoted(message)}`),
    ),
});
