import type { Readable, Writable } from 'node:stream';
import type { Application } from './application.ts';

export interface ServeMcpOptions {
  readonly application: () => Promise<Application>;
  readonly version: string;
  /** Offers only the tools that neither change nor run anything. */
  readonly readOnly: boolean;
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stop: AbortSignal;
  /** Reports a protocol error, for the log. */
  onProblem(problem: Error): void;
}

/** This app's MCP server, as the command line uses it. The composition root passes in the one of main/mcp-server. */
export interface AgentSide {
  /** Serves until the client disconnects or `stop` is aborted. */
  serve(options: ServeMcpOptions): Promise<void>;
  /**
   * Calls a tool of this app's MCP server in this process, for a person at the command line.
   * @param tool the full name, such as `schedule:list`
   * @throws SchedulerError `mcp/unknown-tool`, `usage/invalid-parameters`, and the errors of the operation.
   */
  callOwnTool(
    tool: string,
    parameters: Readonly<Record<string, unknown>>,
    application: () => Promise<Application>,
  ): Promise<Record<string, unknown>>;
}
