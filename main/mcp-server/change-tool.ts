import { z } from 'zod';
import type { Execution } from '../contract/execution.ts';
import type { Proposal, ProposalPreview, ProposedAction, ProposedChange } from '../contract/proposal.ts';
import { proposalStateSchema } from '../contract/proposal.ts';
import { instantSchema } from '../contract/task.ts';
import type { Change, ChangeOutcome, ExecutionRecords, SubmittedChange } from '../application/operations.ts';
import { shownTo, type OwnTool, type ToolAnswer, type ToolContext, type ToolHints } from './own-tool.ts';
import { waitWithin, type Waited } from './bounded-wait.ts';
import { readParameters } from './given-parameters.ts';
import { meaningLines, meaningOf, meaningSchema } from './answers/meaning.ts';
import { quoted } from './answers/text.ts';

/** The answer for a change that needs a person's approval. */
const waitingSchema = z.object({
  id: z.string(),
  state: proposalStateSchema,
  title: z.string(),
  createdAt: instantSchema,
  expiresAt: instantSchema,
  ...meaningSchema.shape,
  message: z.string(),
});

/** The answer for a run that has not ended yet. */
const runningSchema = z.object({ executionId: z.string(), taskId: z.string(), message: z.string() });

/** What every change can answer instead of its result. */
const waits = { proposal: waitingSchema.optional() };
/** What a change that runs something first can answer as well. */
const unfinished = { ...waits, running: runningSchema.optional() };

interface Definition<A extends ProposedAction, I extends z.ZodObject, O extends z.ZodObject> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly input: I;
  /** The output for a change that was made. */
  readonly output: O;
  readonly hints: ToolHints;
  /** See `OwnTool`. @default false */
  readonly byPerson?: boolean;
  /** Returns the change with all names resolved, so that it means the same when a person approves it later. */
  readonly change: (parameters: z.output<I>, context: ToolContext) => Promise<Change<A>>;
  /** Returns how many seconds to wait for the run that the change makes first; null if it makes none. */
  readonly waits?: (parameters: z.output<I>) => number | null;
  /** Adds to an error what to do about it, in this tool's parameter names. */
  readonly explain?: (error: unknown) => unknown;
  readonly answer: (
    outcome: ChangeOutcome<A>,
    parameters: z.output<I>,
    context: ToolContext,
  ) => z.input<O> | Promise<z.input<O>>;
  /** Makes the answer as small as clients accept, after its secrets were hidden. */
  readonly shown: (answer: z.input<O>) => z.input<O>;
  readonly text: (answer: z.input<O>) => string;
}

/** The instructions say what that means, and the answer says it again. */
const consent = ' May need approval.';

/**
 * Defines a tool that changes or runs something. It acts at once or becomes a proposal, depending on the agent's
 * permission.
 */
export function defineChangeTool<A extends ProposedAction, I extends z.ZodObject, O extends z.ZodObject>(
  definition: Definition<A, I, O>,
): OwnTool {
  const { name, title, description, input, output, hints, byPerson = false } = definition;
  return {
    ...{ name, title, input, hints, byPerson },
    description: description + consent,
    output: z.object({ ...output.partial().shape, ...(definition.waits === undefined ? waits : unfinished) }),
    call: async (given, context) => {
      const parameters = readParameters(definition, given);
      const change = await definition.change(parameters, context);
      const seconds = definition.waits?.(parameters) ?? null;
      const answered = await submitWithin(change, seconds, context).catch((error: unknown) => {
        throw definition.explain?.(error) ?? error;
      });
      if (!answered.ended) return stillRunning(shownTo(context, answered.execution), change.action);
      const submitted = answered.value;
      if (submitted.kind === 'waits') {
        const { proposal, preview } = shownTo(context, submitted);
        return waiting(proposal, preview);
      }
      const whole = shownTo(context, await definition.answer(submitted.outcome, parameters, context));
      const answer = definition.shown(whole);
      return { structured: answer, text: definition.text(answer) };
    },
  };
}

/** @param seconds how long to wait for the run that the change makes first; null if it makes none */
async function submitWithin<A extends ProposedAction>(
  change: Change<A>,
  seconds: number | null,
  context: ToolContext,
): Promise<Waited<SubmittedChange<A>>> {
  const { client, call } = context;
  const application = await context.application();
  const agents = await application.agents();
  const isNew = change.action === 'create' || change.action === 'test';
  const newTaskId = isNew ? application.newId() : '';
  const options = isNew ? { newTaskId } : {};
  const since = application.clock.nowIso();
  const work = client === null ? agents.perform(change, 'cli', options) : agents.submit(change, client, options);
  // A person at the command line waits as long as it takes.
  if (seconds === null || call === undefined) return { ended: true, value: await work };
  const [executions, runs] = await Promise.all([application.executions(), application.runs()]);
  const find = () => testRunOf(executions, change, { newTaskId, since });
  return waitWithin(work, { application, call, seconds, find, cancel: (id) => runs.cancel(id) });
}

/** Returns the run that a change makes before it takes effect; null if it has not begun. */
function testRunOf(
  executions: Pick<ExecutionRecords, 'list'>,
  change: ProposedChange,
  { newTaskId, since }: { readonly newTaskId: string; readonly since: string },
): Execution | null {
  const isOfTask = change.action === 'update';
  const filter = isOfTask ? { taskId: change.taskId, trigger: 'test' as const, since } : { taskId: newTaskId };
  return executions.list({ ...filter, limit: 10, offset: 0 }).executions.at(-1) ?? null;
}

/** The answer for a run that goes on after the longest time that a client waits. */
function stillRunning({ executionId, taskId, taskName }: Execution, action: ProposedAction): ToolAnswer {
  const next = afterRun(action, taskId);
  const message = `The run goes on. ${next} Call retrieve with execution_id "${executionId}" to see how it ends, or cancel to stop it.`;
  const running: z.input<typeof runningSchema> = { executionId, taskId, message };
  const text = `Still running: ${quoted(taskName)} (execution_id ${quoted(executionId)}).\n${message}`;
  return { structured: { running }, text };
}

function afterRun(action: ProposedAction, taskId: string): string {
  if (action === 'create')
    return `The task is created when this run succeeds, if this connection still exists. Call get with job_id "${taskId}" then; if the run failed, there is no task. Do not call create again while it runs.`;
  if (action === 'update')
    return `The task is changed when this run succeeds, if this connection still exists. Call get with job_id "${taskId}" then; if the run failed, nothing has changed. Do not call update again while it runs.`;
  return 'Its outcome is stored.';
}

function waiting({ id, state, title, change, createdAt, expiresAt }: Proposal, preview: ProposalPreview): ToolAnswer {
  const message = `Nothing has changed yet. The user must approve this first: in the tray, in the window, or with \`ncp-scheduler approve ${id}\`. Tell the user and continue with something else. Call proposals with proposal_id "${id}" to see what the user decided. Do not request the same change again. The proposal expires at ${expiresAt}.`;
  const meaning = meaningOf(change.action, preview);
  const proposal: z.input<typeof waitingSchema> = { id, state, title, createdAt, expiresAt, ...meaning, message };
  const heading = `Pending approval: ${quoted(title)} (proposal_id ${id}).`;
  return { structured: { proposal }, text: [heading, ...meaningLines(meaning), message].join('\n') };
}
