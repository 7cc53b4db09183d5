import { z } from 'zod';
import type { Proposal, ProposedAction } from '../contract/proposal.ts';
import { proposalStateSchema } from '../contract/proposal.ts';
import { instantSchema } from '../contract/task.ts';
import type { Change, ChangeOutcome, SubmittedChange } from '../application/application.ts';
import { parseParameters, type OwnTool, type ToolAnswer, type ToolContext, type ToolHints } from './own-tool.ts';
import { quoted } from './text.ts';

/** What an agent is told of a change of it that waits for a person. */
const waitingSchema = z.object({
  id: z.string(),
  state: proposalStateSchema,
  title: z.string(),
  createdAt: instantSchema,
  expiresAt: instantSchema,
  message: z.string(),
});

interface Definition<A extends ProposedAction, I extends z.ZodObject, O extends z.ZodObject> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly input: I;
  /** Of a change that was done. */
  readonly output: O;
  readonly hints: ToolHints;
  /** The change with all names resolved, so that it means the same when a person approves it later. */
  readonly change: (parameters: z.output<I>, context: ToolContext) => Promise<Change<A>>;
  /** Says more of an error, in the words of this tool's parameters. */
  readonly explain?: (error: unknown) => unknown;
  readonly answer: (
    outcome: ChangeOutcome<A>,
    parameters: z.output<I>,
    context: ToolContext,
  ) => z.input<O> | Promise<z.input<O>>;
  readonly text: (answer: z.input<O>) => string;
}

const consent =
  ' The user may have to approve it: then the answer holds proposal instead of a result, nothing has changed yet, and the tool proposals tells what became of it.';

/** A tool that changes or runs something: done at once, or kept until a person approves, as the client's permission says. */
export function defineChangeTool<A extends ProposedAction, I extends z.ZodObject, O extends z.ZodObject>(
  definition: Definition<A, I, O>,
): OwnTool {
  const { name, title, description, input, output, hints } = definition;
  return {
    ...{ name, title, input, hints },
    description: description + consent,
    output: z.object({ ...output.partial().shape, proposal: waitingSchema.optional() }),
    call: async (given, context) => {
      const parameters = parseParameters(definition, given);
      const change = await definition.change(parameters, context);
      const submitted = await submit(change, context).catch((error: unknown) => {
        throw definition.explain?.(error) ?? error;
      });
      if (submitted.kind === 'waits') return waiting(submitted.proposal);
      const answer = await definition.answer(submitted.outcome, parameters, context);
      return { structured: answer, text: definition.text(answer) };
    },
  };
}

async function submit<A extends ProposedAction>(change: Change<A>, context: ToolContext): Promise<SubmittedChange<A>> {
  const { client } = context;
  const agents = await (await context.application()).agents();
  return client === null ? agents.perform(change, 'cli') : agents.submit(change, client);
}

function waiting({ id, state, title, createdAt, expiresAt }: Proposal): ToolAnswer {
  const message = `Nothing has changed yet: the user must approve this first, in the tray, in the window, or with \`ncp-scheduler approve ${id}\`. Tell the user, go on with something else, and ask proposals with proposal_id "${id}" for what became of it; do not ask again for the same change. It lapses at ${expiresAt}.`;
  const proposal: z.input<typeof waitingSchema> = { id, state, title, createdAt, expiresAt, message };
  return { structured: { proposal }, text: `Waits for approval: ${quoted(title)} (proposal_id ${id}).\n${message}` };
}
