import { z } from 'zod';
import type { Application } from '../../application/application.ts';
import { cliResults } from '../../contract/cli.ts';
import type { Execution } from '../../contract/execution.ts';
import { runText } from '../answers/text.ts';
import { boundedAnswer } from '../answers/whole.ts';
import { longestWaitSeconds, waitSeconds } from '../bounded-wait.ts';
import { defineChangeTool } from '../change-tool.ts';
import { changes } from '../own-tool.ts';
import { executionId, jobId, taskIdOf } from '../parameters.ts';
import type { ToolCall } from '../own-tool.ts';
import { setTimeout as delay } from 'node:timers/promises';

const pollMs = 200;
const pollsPerProgress = 25;

export const triggerTool = defineChangeTool({
  name: 'trigger',
  title: 'Run a task now',
  description: `Runs a task now and waits up to ${longestWaitSeconds} s for the run to end. If the status is "running", the run goes on: call retrieve with its execution_id later.`,
  input: z.strictObject({ job_id: jobId, wait: waitSeconds }),
  output: cliResults.trigger,
  hints: { ...changes, openWorldHint: true, destructiveHint: true },
  change: async ({ job_id }, context) => ({ action: 'trigger' as const, taskId: await taskIdOf(job_id, context) }),
  answer: async ({ execution }, { wait }, context) => ({
    execution: await outcomeWithin(await context.application(), execution, wait * 1000, context.call),
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

/** Waits for a run that goes on whether anybody waits or not. A client that cancels its call only stops waiting. */
async function outcomeWithin(
  application: Application,
  started: Execution,
  waitMs: number,
  call: ToolCall | undefined,
): Promise<Execution> {
  const deadline = application.clock.now() + waitMs;
  let execution = started;
  for (let polls = 1; execution.status === 'running' && application.clock.now() < deadline; polls += 1) {
    if (call?.signal.aborted === true) break;
    await delay(pollMs);
    execution = (await application.executions()).find(started.executionId);
    if (polls % pollsPerProgress === 0) await call?.progress(`${execution.taskName} is still running`);
  }
  return execution;
}
