import type { Readable, Writable } from 'node:stream';
import type { Application } from './application.ts';

export interface ServeMcpOptions {
  readonly application: () => Promise<Application>;
  readonly version: string;
  /** Offer only tools that change and run nothing. */
  readonly readOnly: boolean;
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stop: AbortSignal;
  /** What went wrong on the wire, for the log. */
  onProblem(problem: Error): void;
}

/** Our own MCP server as the command line knows it. The composition root supplies it from main/mcp-server. */
export interface AgentSide {
  /** Serves until the client goes or `stop`. */
  serve(options: ServeMcpOptions): Promise<void>;
  /**
   * Calls one of our tools in this process, for a person at the command line, by its whole name: `schedule:list`.
   * @throws SchedulerError `mcp/unknown-tool`, `usage/invalid-parameters`, and what the operation throws.
   */
  callOwnTool(
    tool: string,
    parameters: Readonly<Record<string, unknown>>,
    application: () => Promise<Application>,
  ): Promise<Record<string, unknown>>;
}
