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

/** Our MCP server, as the command line uses it. The composition root supplies the one in main/mcp-server. */
export interface AgentSide {
  /** Serves until the client disconnects or `stop` is aborted. */
  serve(options: ServeMcpOptions): Promise<void>;
  /**
   * Calls one of our tools in this process, for a person at the command line. `tool` is the full name: `schedule:list`.
   * @throws SchedulerError `mcp/unknown-tool`, `usage/invalid-parameters`, and the errors of the operation.
   */
  callOwnTool(
    tool: string,
    parameters: Readonly<Record<string, unknown>>,
    application: () => Promise<Application>,
  ): Promise<Record<string, unknown>>;
}
