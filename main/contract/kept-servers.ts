import { z } from 'zod';
import { instantSchema } from './task.ts';

/** An MCP server that is kept for several runs. */
const keptServerSchema = z.object({
  /** Its name in the configuration. There are several of one name if tasks have other variables or folders. */
  server: z.string(),
  /** The server's process; null while it starts. */
  pid: z.number().int().nullable(),
  startedAt: instantSchema,
  /** Runs that have used it, those in flight included. */
  runs: z.number().int().nonnegative(),
  /** Runs that use it now. */
  inFlight: z.number().int().nonnegative(),
  /** Resident memory of the server and what it started, in bytes; null if the OS does not report it. */
  memoryBytes: z.number().nonnegative().nullable(),
  /** When it ends unless a run comes; null while a run uses it. */
  endsAt: instantSchema.nullable(),
  /** True if it gets no further runs and ends after those in flight. */
  isRetired: z.boolean(),
});
export type KeptServerFacts = z.infer<typeof keptServerSchema>;

export const keptServersAnswerSchema = z.object({
  /** The oldest first. Empty if no process keeps any. */
  kept: z.array(keptServerSchema),
});
export type KeptServersAnswer = z.infer<typeof keptServersAnswerSchema>;
