import { z } from 'zod';
import type { Proposal, ProposalPreview, ProposedAction } from '../contract/proposal.ts';
import { proposalStateSchema } from '../contract/proposal.ts';
import { instantSchema } from '../contract/task.ts';
import type { Change, ChangeOutcome, SubmittedChange } from '../application/application.ts';
import { shownTo, type OwnTool, type ToolAnswer, type ToolContext, type ToolHints } from './own-tool.ts';
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

interface Definition<A extends ProposedAction, I extends z.ZodObject, O extends z.ZodObject> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly input: I;
  /** The output for a change that was made. */
  readonly output: O;
  readonly hints: ToolHints;
  /** Returns the change with all names resolved, so that it means the same when a person approves it later. */
  readonly change: (parameters: z.output<I>, context: ToolContext) => Promise<Change<A>>;
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

const consent = ' The user may have to approve this: the answer is then a proposal, and nothing has changed yet.';

/**
 * Defines a tool that changes or runs something. It acts at once or becomes a proposal, depending on the agent's
 * permission.
 */
export function defineChangeTool<A extends ProposedAction, I extends z.ZodObject, O extends z.ZodObject>(
  definition: Definition<A, I, O>,
): OwnTool {
  const { name, title, description, input, output, hints } = definition;
  return {
    ...{ name, title, input, hints },
    description: description + consent,
    output: z.object({ ...output.partial().shape, proposal: waitingSchema.optional() }),
    call: async (given, context) => {
      const parameters = readParameters(definition, given);
      const change = await definition.change(parameters, context);
      const submitted = await submit(change, context).catch((error: unknown) => {
        throw definition.explain?.(error) ?? error;
      });
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

async function submit<A extends ProposedAction>(change: Change<A>, context: ToolContext): Promise<SubmittedChange<A>> {
  const { client } = context;
  const agents = await (await context.application()).agents();
  return client === null ? agents.perform(change, 'cli') : agents.submit(change, client);
}

function waiting({ id, state, title, change, createdAt, expiresAt }: Proposal, preview: ProposalPreview): ToolAnswer {
  const message = `Nothing has changed yet. The user must approve this first: in the tray, in the window, or with \`ncp-scheduler approve ${id}\`. Tell the user and continue with something else. Call proposals with proposal_id "${id}" to see what the user decided. Do not request the same change again. The proposal expires at ${expiresAt}.`;
  const meaning = meaningOf(change.action, preview);
  const proposal: z.input<typeof waitingSchema> = { id, state, title, createdAt, expiresAt, ...meaning, message };
  const heading = `Pending approval: ${quoted(title)} (proposal_id ${id}).`;
  return { structured: { proposal }, text: [heading, ...meaningLines(meaning), message].join('\n') };
}
