import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { Application } from '../../cli/application.ts';
import { findExecution } from '../../cli/operations/read-log.ts';
import { cancelExecution, startTask } from '../../cli/operations/runs.ts';
import { cliResults } from '../../contract/cli.ts';
import type { Execution } from '../../contract/execution.ts';
import { changes, defineTool } from '../own-tool.ts';
import { executionId, jobId } from '../parameters.ts';
import { executionLine } from '../text.ts';

/** Clients give up on a call after a minute (the MCP SDK's default): answer before that, also with an unfinished run. */
const longestWaitSeconds = 45;
const pollMs = 200;

export const triggerTool = defineTool({
  name: 'trigger',
  title: 'Run a task now',
  description: `Runs a task at once, whatever its schedule, and waits up to ${longestWaitSeconds} s for its outcome. status "running" means that it still goes on: look again with retrieve (execution_id).`,
  input: z.strictObject({
    job_id: jobId,
    wait: z.number().min(0).max(longestWaitSeconds).default(longestWaitSeconds).describe('Seconds to wait at most.'),
  }),
  output: cliResults.trigger,
  hints: { ...changes, openWorldHint: true, destructiveHint: true },
  run: async ({ job_id, wait }, context) => {
    const application = await context.application();
    const { task } = await (await application.tasks()).get(job_id);
    const started = await startTask(application, task.id);
    return { execution: await outcomeWithin(application, started, wait * 1000) };
  },
  text: ({ execution }) => executionLine(execution),
});

export const cancelTool = defineTool({
  name: 'cancel',
  title: 'Stop a running execution',
  description: 'Stops it and everything it started: asked to end first, killed after five seconds.',
  input: z.strictObject({ execution_id: executionId }),
  output: cliResults.cancel,
  hints: { ...changes, destructiveHint: true },
  run: async ({ execution_id }, context) => ({
    execution: await cancelExecution(await context.application(), execution_id),
  }),
  text: ({ execution }) => executionLine(execution),
});

async function outcomeWithin(application: Application, started: Execution, waitMs: number): Promise<Execution> {
  const deadline = application.clock.now() + waitMs;
  let execution = started;
  while (execution.status === 'running' && application.clock.now() < deadline) {
    await delay(pollMs);
    execution = await findExecution(application, started.executionId);
  }
  return execution;
}
