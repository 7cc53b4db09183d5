import type { ParametersSchema } from './parameters-schema.ts';

export type Parameters = Readonly<Record<string, unknown>>;

/** A tool that needs no MCP server: all that is said about it anywhere. */
export interface BuiltInTool {
  /** `server:tool`. No MCP server can take the name of this server. */
  readonly tool: `${string}:${string}`;
  readonly title: string;
  readonly description: string;
  /** JSON schema of the parameters. The check before a task is saved and the names its runner knows come from it. */
  readonly inputSchema: ParametersSchema;
  /** The ways to fill in the parameters, as JSON with `…` for what differs: `{"command": "…"}`. */
  readonly forms: readonly string[];
  /** Parameters that run, for the help of the command line. */
  readonly example: Parameters;
  /** What a call does, as a person would write it; null where the parameters do not say. */
  readonly summary: (parameters: Parameters) => string | null;
  /**
   * Parameters whose values the summary shows completely. Before a person approves a task, the summary stands for them,
   * and every other parameter is shown by itself.
   */
  readonly inSummary: readonly string[];
}
