import { z } from 'zod';

/** The programs with agents whose way to add an MCP server is known. */
export const agentProgramNameSchema = z.enum([
  'claude-desktop',
  'claude-code',
  'cursor',
  'vscode',
  'windsurf',
  'codex',
  'gemini',
  'goose',
  'opencode',
]);
export type AgentProgramName = z.infer<typeof agentProgramNameSchema>;

/** What the programs call themselves. */
export const agentProgramTitles: Readonly<Record<AgentProgramName, string>> = {
  'claude-desktop': 'Claude Desktop',
  'claude-code': 'Claude Code',
  cursor: 'Cursor',
  vscode: 'VS Code',
  windsurf: 'Windsurf',
  codex: 'Codex',
  gemini: 'Gemini CLI',
  goose: 'goose',
  opencode: 'opencode',
};

/** What writing does to a file. */
const fileChangeSchema = z.object({
  before: z.string(),
  /** Null if the file is deleted, because nothing else is in it. */
  after: z.string().nullable(),
  /** Ties a confirmation to the content that the person saw. */
  basis: z.string(),
});

const agentProgramSchema = z.object({
  program: agentProgramNameSchema,
  /** True if the program seems to be on this machine. */
  found: z.boolean(),
  /** The command or the piece of a file that adds this installation, exactly as it is to be used. */
  snippet: z.string(),
  /** `command`: the snippet is run in a terminal. `file`: it belongs into the file. */
  kind: z.enum(['command', 'file']),
  /** The file in which the program keeps its MCP servers. */
  path: z.string(),
  /**
   * `connected`: the file starts this installation. `off`: it would, but the server is switched off there. `other`: it has another server with our name, such as an installation
   * that has moved. `unreadable`: it is never written.
   */
  state: z.enum(['connected', 'off', 'absent', 'other', 'unreadable']),
  /** Why the file is not written, as a sentence; null if it can be. */
  problem: z.string().nullable(),
  /** What connecting does to the file; null if it is not offered. */
  change: fileChangeSchema.nullable(),
  /** What disconnecting does to the file; null if it does not start this installation. */
  removal: fileChangeSchema.nullable(),
});
export type AgentProgram = z.infer<typeof agentProgramSchema>;

/** A program as the window shows it: without the files of other programs, which can be large and hold secrets. */
export const shownAgentProgramSchema = agentProgramSchema.omit({ removal: true }).extend({
  change: z
    .object({
      /** Each changed line after `+` or `-`, up to three lines around it after a space, and `…` where lines are left out. */
      lines: z.array(z.string()),
      /** True if there is no file yet. */
      isNew: z.boolean(),
      basis: z.string(),
    })
    .nullable(),
});
export type ShownAgentProgram = z.infer<typeof shownAgentProgramSchema>;
