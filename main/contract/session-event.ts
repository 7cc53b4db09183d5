import { z } from 'zod';

/**
 * What passes between a run and the server that is kept for several runs. Messages are JSON texts, so that the process in
 * between does not read them.
 */
export const sessionEventSchema = z.discriminatedUnion('kind', [
  /** The run wants to use the server. Answered by `started` or `ended`. */
  z.object({ kind: z.literal('join') }),
  /** The run needs the server no more. */
  z.object({ kind: z.literal('leave') }),
  /** A message of MCP, in both directions. */
  z.object({ kind: z.literal('frame'), text: z.string() }),
  /** The server's program runs. */
  z.object({ kind: z.literal('started') }),
  /** The server wrote to stderr. */
  z.object({ kind: z.literal('stderr'), text: z.string() }),
  /** The run has taken this many characters of `stderr`. The server's output waits for slow readers. */
  z.object({ kind: z.literal('heard'), characters: z.number().int().nonnegative() }),
  /** The server wrote a line to stdout that belongs to no run. */
  z.object({ kind: z.literal('garbage'), text: z.string() }),
  z.object({ kind: z.literal('too-large') }),
  /** A sentence about the server for the log of the run. */
  z.object({ kind: z.literal('note'), text: z.string() }),
  z.object({
    kind: z.literal('ended'),
    code: z.number().int().nullable(),
    signal: z.string().nullable(),
    /** The end of what the server wrote to stderr. */
    lastWords: z.string(),
    /** Why the program could not be started; null if it was. */
    problem: z.object({ code: z.string(), message: z.string() }).nullable(),
  }),
]);
export type SessionEvent = z.infer<typeof sessionEventSchema>;

/** The program that a worker keeps for several runs. */
export const keptProgramSchema = z.object({
  /** Marks the server's processes, as the id of an execution does. */
  sessionId: z.string(),
  command: z.string().min(1),
  args: z.array(z.string()),
  cwd: z.string().nullable(),
  env: z.record(z.string(), z.string()),
});
export type KeptProgram = z.infer<typeof keptProgramSchema>;
