import { z } from 'zod';

/** The programs with agents whose way to add an MCP server is known. */
export const agentProgramNameSchema = z.enum([
  'claude-desktop',
  'claude-code',
  'cursor',
  'vs-code',
  'codex',
  'gemini-cli',
]);
export type AgentProgramName = z.infer<typeof agentProgramNameSchema>;

export const agentProgramSchema = z.object({
  program: agentProgramNameSchema,
  /** The command or the piece of a file that adds this installation, exactly as it is to be used. */
  snippet: z.string(),
  /** `command`: the snippet is run in a terminal. `file`: it belongs into the file. */
  kind: z.enum(['command', 'file']),
  /** The file of the program; null if its place is not known on this system. */
  path: z.string().nullable(),
  /**
   * `connected`: the file starts this installation. `other`: it has another server with our name, such as an installation
   * that has moved. `unreadable`: it is never written. `unknown`: the program keeps it elsewhere, and this app does not read it.
   */
  state: z.enum(['connected', 'absent', 'other', 'unreadable', 'unknown']),
  /** Why the file is not written, as a sentence; null if it can be. */
  problem: z.string().nullable(),
  /** What writing does to the file; null if it is not offered. */
  change: z
    .object({
      before: z.string(),
      after: z.string(),
      /** Ties a confirmation to the content that the person saw. */
      basis: z.string(),
    })
    .nullable(),
});
export type AgentProgram = z.infer<typeof agentProgramSchema>;
