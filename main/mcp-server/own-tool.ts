import type { z } from 'zod';
import type { AgentIdentity } from '../domain/agent-client.ts';
import type { Application } from '../application/application.ts';
import { hideSecrets } from '../domain/secrets/hidden-values.ts';
import { readParameters } from './given-parameters.ts';

export interface ToolContext {
  application(): Promise<Application>;
  /** The MCP client that calls; null for a person at the command line, who needs no approval. */
  readonly client: AgentIdentity | null;
  /** The call that this tool answers. Absent at the command line. */
  readonly call?: ToolCall;
}

/** A call by a client that can show progress and give up waiting. */
export interface ToolCall {
  /** Aborted when the client cancels the call. */
  readonly signal: AbortSignal;
  /** Tells the client, if it asked for that, that the call goes on. */
  progress(message: string): Promise<void>;
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
  /** All that a client reads that shows only text, with untrusted text quoted as JSON. */
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
  /**
   * True if only a person may decide this, as for the command that does the same: `run` refuses it inside the run of a
   * task.
   */
  readonly byPerson: boolean;
  /** @throws SchedulerError `usage/invalid-parameters`, and the errors of the operation. */
  call(parameters: unknown, context: ToolContext): Promise<ToolAnswer>;
}

interface Definition<I extends z.ZodObject, O extends z.ZodObject> extends Omit<
  OwnTool,
  'call' | 'input' | 'output' | 'byPerson'
> {
  readonly input: I;
  readonly output: O;
  readonly run: (parameters: z.output<I>, context: ToolContext) => Promise<z.input<O>>;
  /**
   * Makes the answer as small as clients accept, after its secrets were hidden: a secret that is cut in two cannot be
   * recognized.
   */
  readonly shown?: (answer: z.input<O>, parameters: z.output<I>) => z.input<O>;
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
  const { run, shown, text, ...facts } = definition;
  return {
    ...facts,
    byPerson: false,
    call: async (given, context) => {
      const parameters = readParameters(definition, given);
      const whole = shownTo(context, await run(parameters, context));
      const answer = shown === undefined ? whole : shown(whole, parameters);
      return { structured: answer, text: text(answer) };
    },
  };
}

/** Returns an answer without secrets if an agent asks. A person at the command line sees all. */
export const shownTo = <T>({ client }: ToolContext, answer: T): T => (client === null ? answer : hideSecrets(answer));
