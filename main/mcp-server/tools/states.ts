import { z } from 'zod';
import { cliResults } from '../../contract/cli.ts';
import { skipsNextEvent } from '../../contract/schedule-rule.ts';
import { definedOf } from '../../domain/defined.ts';
import { defineChangeTool } from '../change-tool.ts';
import { boundedAnswer } from '../answers/whole.ts';
import { changes } from '../own-tool.ts';
import { instantOf, instantText, jobId, taskIdOf } from '../parameters.ts';
import { taskLine } from '../answers/text.ts';

export const pauseTool = defineChangeTool({
  name: 'pause',
  title: 'Pause a task',
  description: 'Pauses a task. Its slots are recorded as skipped until it is resumed.',
  input: z.strictObject({
    job_id: jobId,
    until: instantText.optional().describe('Resume automatically at this time.'),
    note: z.string().max(1000).optional().describe('Reason for the pause.'),
  }),
  output: cliResults.pause,
  hints: { ...changes, idempotentHint: true },
  change: async ({ job_id, until, note }, context) => {
    const application = await context.application();
    const instant = until === undefined ? undefined : await instantOf(until, 'until', 'future', application);
    const taskId = await taskIdOf(job_id, context);
    return { action: 'pause' as const, taskId, ...definedOf({ until: instant, note }) };
  },
  answer: (changed) => changed,
  shown: boundedAnswer,
  text: ({ task }) => `Paused ${taskLine(task)}.`,
});

export const resumeTool = defineChangeTool({
  name: 'resume',
  title: 'Resume a task',
  description: 'Resumes a paused task from its next slot on.',
  input: z.strictObject({ job_id: jobId }),
  output: cliResults.resume,
  hints: { ...changes, idempotentHint: true },
  change: async ({ job_id }, context) => ({ action: 'resume' as const, taskId: await taskIdOf(job_id, context) }),
  answer: (changed) => changed,
  shown: boundedAnswer,
  text: ({ task }) => `Resumed ${taskLine(task)}.`,
});

export const deleteTool = defineChangeTool({
  name: 'delete',
  title: 'Delete a task',
  description: 'Deletes a task but keeps its runs. Ask the user first, or offer to pause the task instead.',
  input: z.strictObject({ job_id: jobId }),
  output: cliResults.delete,
  hints: { ...changes, destructiveHint: true, idempotentHint: true },
  change: async ({ job_id }, context) => ({ action: 'delete' as const, taskId: await taskIdOf(job_id, context) }),
  answer: (changed) => changed,
  shown: boundedAnswer,
  text: ({ task }) => `Deleted ${taskLine(task)}.`,
});

export const skipNextTool = defineChangeTool({
  name: 'skip_next',
  title: 'Skip the next run',
  description: 'Skips the next slot of a task. Called again, it skips one more.',
  input: z.strictObject({ job_id: jobId }),
  output: cliResults['skip-next'],
  hints: changes,
  change: async ({ job_id }, context) => ({ action: 'skip-next' as const, taskId: await taskIdOf(job_id, context) }),
  answer: (changed) => changed,
  shown: boundedAnswer,
  text: ({ task }) =>
    skipsNextEvent(task)
      ? `Skips the next event of ${taskLine(task)}.`
      : `Skips every slot up to ${task.skipUntil ?? '?'} of ${taskLine(task)}.`,
});
