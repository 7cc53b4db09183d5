import type { ParametersSchema } from './parameters-schema.ts';

export type Parameters = Readonly<Record<string, unknown>>;

/** A tool that needs no MCP server, with everything that the app shows about it. */
export interface BuiltInTool {
  /** `server:tool`. The server name is reserved: no MCP server can have it. */
  readonly tool: `${string}:${string}`;
  readonly title: string;
  readonly description: string;
  /** JSON schema of the parameters. Used to check a task before it is saved, and for the names its runner accepts. */
  readonly inputSchema: ParametersSchema;
  /** The ways to fill in the parameters, as JSON with `…` as a placeholder: `{"command": "…"}`. */
  readonly forms: readonly string[];
  /** Parameters that work, shown in the help of the command line. */
  readonly example: Parameters;
  /** Returns what a call does, as a person would write it; null if the parameters do not say. */
  readonly summary: (parameters: Parameters) => string | null;
  /**
   * Parameters whose values the summary shows completely. A person who approves a task sees the summary and,
   * separately, every other parameter.
   */
  readonly inSummary: readonly string[];
}
