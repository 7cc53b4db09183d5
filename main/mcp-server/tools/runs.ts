import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { Application } from '../../application/application.ts';
import { cliResults } from '../../contract/cli.ts';
import type { Execution } from '../../contract/execution.ts';
import { defineChangeTool } from '../change-tool.ts';
import { changes } from '../own-tool.ts';
import { executionId, jobId, taskIdOf } from '../parameters.ts';
import { runText } from '../answers/text.ts';
import { boundedAnswer } from '../answers/whole.ts';

/** Clients time out a call after 60 s (the MCP SDK's default), so it returns earlier, even if the run has not ended. */
const longestWaitSeconds = 45;
const pollMs = 200;

export const triggerTool = defineChangeTool({
  name: 'trigger',
  title: 'Run a task now',
  description: `Runs a task now, regardless of its schedule, and waits up to ${longestWaitSeconds} s for the run to end. If the status is "running", the run has not ended: call retrieve with its execution_id later.`,
  input: z.strictObject({
    job_id: jobId,
    wait: z
      .number()
      .min(0)
      .max(longestWaitSeconds)
      .default(longestWaitSeconds)
      .describe('Maximum number of seconds to wait.'),
  }),
  output: cliResults.trigger,
  hints: { ...changes, openWorldHint: true, destructiveHint: true },
  change: async ({ job_id }, context) => ({ action: 'trigger' as const, taskId: await taskIdOf(job_id, context) }),
  answer: async ({ execution }, { wait }, context) => ({
    execution: await outcomeWithin(await context.application(), execution, wait * 1000),
  }),
  shown: boundedAnswer,
  text: ({ execution }) => runText(execution),
});

export const cancelTool = defineChangeTool({
  name: 'cancel',
  title: 'Stop a run',
  description:
    'Stops a run and all processes that it started. They are asked to end first, and killed after five seconds.',
  input: z.strictObject({ execution_id: executionId }),
  output: cliResults.cancel,
  hints: { ...changes, destructiveHint: true, idempotentHint: true },
  change: ({ execution_id }) => Promise.resolve({ action: 'cancel' as const, executionId: execution_id }),
  answer: (stopped) => stopped,
  shown: boundedAnswer,
  text: ({ execution }) => runText(execution),
});

async function outcomeWithin(application: Application, started: Execution, waitMs: number): Promise<Execution> {
  const deadline = application.clock.now() + waitMs;
  let execution = started;
  while (execution.status === 'running' && application.clock.now() < deadline) {
    await delay(pollMs);
    execution = (await application.executions()).find(started.executionId);
  }
  return execution;
}
