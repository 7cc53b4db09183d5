import type { z } from 'zod';
import type { AgentIdentity } from '../domain/agent-client.ts';
import type { Application } from '../application/application.ts';
import { SchedulerError } from '../domain/errors.ts';
import { hideSecrets } from '../domain/secrets/hidden-values.ts';

export interface ToolContext {
  application(): Promise<Application>;
  /** The MCP client that calls; null for a person at the command line, who needs no approval. */
  readonly client: AgentIdentity | null;
}

/** Hints of the MCP specification. A client may ask its user before a call that changes something. */
export interface ToolHints {
  readonly readOnlyHint: boolean;
  /** May remove or overwrite something. */
  readonly destructiveHint: boolean;
  /** Calling it again with the same parameters changes nothing more. */
  readonly idempotentHint: boolean;
  /** May affect more than the tasks of this machine. */
  readonly openWorldHint: boolean;
}

export interface ToolAnswer {
  readonly structured: Record<string, unknown>;
  /** A few lines, with untrusted text quoted as JSON. */
  readonly text: string;
}

/** One tool of our own MCP server, also served by `run schedule:NAME`. */
export interface OwnTool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly input: z.ZodObject;
  readonly output: z.ZodObject;
  readonly hints: ToolHints;
  /** @throws SchedulerError `usage/invalid-parameters`, and the errors of the operation. */
  call(parameters: unknown, context: ToolContext): Promise<ToolAnswer>;
}

interface Definition<I extends z.ZodObject, O extends z.ZodObject> extends Omit<OwnTool, 'call' | 'input' | 'output'> {
  readonly input: I;
  readonly output: O;
  readonly run: (parameters: z.output<I>, context: ToolContext) => Promise<z.input<O>>;
  readonly text: (answer: z.input<O>) => string;
}

export const reads: ToolHints = {
  readOnlyHint: true,
  destructiveHint: false,
  idempotentHint: true,
  openWorldHint: false,
};
/** Calling it twice changes something twice, unless a tool says otherwise: clients repeat lost calls by this hint. */
export const changes: ToolHints = { ...reads, readOnlyHint: false, idempotentHint: false };

export function defineTool<I extends z.ZodObject, O extends z.ZodObject>(definition: Definition<I, O>): OwnTool {
  const { run, text, ...facts } = definition;
  return {
    ...facts,
    call: async (parameters, context) => {
      const answer = shownTo(context, await run(parseParameters(definition, parameters), context));
      return { structured: answer, text: text(answer) };
    },
  };
}

/** Returns an answer without secrets if an agent asks. A person at the command line sees all. */
export const shownTo = <T>({ client }: ToolContext, answer: T): T => (client === null ? answer : hideSecrets(answer));

export function parseParameters<I extends z.ZodObject>(
  { name, input }: { readonly name: string; readonly input: I },
  parameters: unknown,
): z.output<I> {
  const parsed = input.safeParse(parameters ?? {});
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => ({ field: path.join('.'), message }));
  const told = problems.map(({ field, message }) => (field === '' ? message : `${field}: ${message}`)).join('; ');
  const known = Object.keys(input.shape);
  throw new SchedulerError(
    'usage/invalid-parameters',
    `Invalid parameters for schedule:${name}: ${told}. It accepts ${known.length === 0 ? 'no parameters' : known.join(', ')}.`,
    { problems, known },
  );
}
