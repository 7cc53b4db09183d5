import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { Application } from '../../application/application.ts';
import { cliResults } from '../../contract/cli.ts';
import type { Execution } from '../../contract/execution.ts';
import { defineChangeTool } from '../change-tool.ts';
import { changes } from '../own-tool.ts';
import { executionId, jobId, taskIdOf } from '../parameters.ts';
import { executionLine } from '../text.ts';

/** Clients give up on a call after a minute (the MCP SDK's default): answer before that, also with an unfinished run. */
const longestWaitSeconds = 45;
const pollMs = 200;

export const triggerTool = defineChangeTool({
  name: 'trigger',
  title: 'Run a task now',
  description: `Runs a task at once, whatever its schedule, and waits up to ${longestWaitSeconds} s for its outcome. status "running" means that it still goes on: look again with retrieve (execution_id).`,
  input: z.strictObject({
    job_id: jobId,
    wait: z.number().min(0).max(longestWaitSeconds).default(longestWaitSeconds).describe('Seconds to wait at most.'),
  }),
  output: cliResults.trigger,
  hints: { ...changes, openWorldHint: true, destructiveHint: true },
  change: async ({ job_id }, context) => ({ action: 'trigger' as const, taskId: await taskIdOf(job_id, context) }),
  answer: async ({ execution }, { wait }, context) => ({
    execution: await outcomeWithin(await context.application(), execution, wait * 1000),
  }),
  text: ({ execution }) => executionLine(execution),
});

export const cancelTool = defineChangeTool({
  name: 'cancel',
  title: 'Stop a running execution',
  description: 'Stops it and everything it started: asked to end first, killed after five seconds.',
  input: z.strictObject({ execution_id: executionId }),
  output: cliResults.cancel,
  hints: { ...changes, destructiveHint: true },
  change: ({ execution_id }) => Promise.resolve({ action: 'cancel' as const, executionId: execution_id }),
  answer: (stopped) => stopped,
  text: ({ execution }) => executionLine(execution),
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
