import { z } from 'zod';
import { cliResults } from '../../contract/cli.ts';
import { changes, defineTool } from '../own-tool.ts';
import { given, instantOf, instantText, jobId } from '../parameters.ts';
import { taskLine } from '../text.ts';

export const pauseTool = defineTool({
  name: 'pause',
  title: 'Pause a task',
  description: 'Its slots are skipped, and recorded as skipped, until it is resumed.',
  input: z.strictObject({
    job_id: jobId,
    until: instantText.optional().describe('Resume by itself at this instant.'),
    note: z.string().max(1000).optional().describe('Why, for whoever finds it paused.'),
  }),
  output: cliResults.pause,
  hints: { ...changes, idempotentHint: true },
  run: async ({ job_id, until, note }, context) => {
    const application = await context.application();
    const instant = until === undefined ? undefined : await instantOf(until, 'until', 'future', application);
    return (await application.tasks()).pause(job_id, given({ until: instant, note }), context.author);
  },
  text: ({ task }) => `Paused ${taskLine(task)}.`,
});

export const resumeTool = defineTool({
  name: 'resume',
  title: 'Resume a task',
  description: 'Lets a paused task run again, from its next slot on.',
  input: z.strictObject({ job_id: jobId }),
  output: cliResults.resume,
  hints: { ...changes, idempotentHint: true },
  run: async ({ job_id }, context) => (await (await context.application()).tasks()).resume(job_id, context.author),
  text: ({ task }) => `Resumed ${taskLine(task)}.`,
});

export const deleteTool = defineTool({
  name: 'delete',
  title: 'Delete a task',
  description:
    'Removes a task for good; the record of its runs stays. Ask the user first: there is no undo. pause is reversible.',
  input: z.strictObject({ job_id: jobId }),
  output: cliResults.delete,
  hints: { ...changes, destructiveHint: true },
  run: async ({ job_id }, context) => (await (await context.application()).tasks()).delete(job_id, context.author),
  text: ({ task }) => `Deleted ${taskLine(task)}.`,
});
