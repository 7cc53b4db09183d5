import type { Readable, Writable } from 'node:stream';
import type { Application } from './application.ts';

export interface ServeMcpOptions {
  readonly application: () => Promise<Application>;
  readonly version: string;
  /** Offers only the tools that neither change nor run anything. */
  readonly readOnly: boolean;
  /** Goes before the name of each tool, such as `schedule_`. @default none */
  readonly toolPrefix?: string | undefined;
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stop: AbortSignal;
  /** Reports a protocol error, for the log. */
  onProblem(problem: Error): void;
}

/** Who calls over HTTP, by a token that was checked. */
export interface AgentHttpCaller {
  /** Differs between tokens, also between a revoked one and a new one of the same name. */
  readonly key: string;
  /** Name of the token, by which permissions and limits go. */
  readonly name: string;
  /** Offers only the tools that neither change nor run anything. */
  readonly readOnly: boolean;
  /** Returns false once the token was revoked. */
  isValid(this: void): boolean;
}

export interface ServeHttpOptions {
  readonly application: Application;
  readonly version: string;
  /** Reports a protocol error, for the log. */
  onProblem(this: void, problem: Error): void;
}

/** The MCP server over streamable HTTP. */
export interface AgentHttp {
  /** Answers one request. The caller has checked the token, the Host header and the origin. */
  fetch(request: Request, caller: AgentHttpCaller): Promise<Response>;
  /** Ends all sessions and streams. */
  close(): Promise<void>;
}

/** This app's MCP server, as the command line uses it. The composition root passes in the one of main/mcp-server. */
export interface AgentSide {
  /** Serves until the client disconnects or `stop` is aborted. */
  serve(options: ServeMcpOptions): Promise<void>;
  /** Serves over HTTP, as part of a web server. */
  serveHttp(options: ServeHttpOptions): Promise<AgentHttp>;
  /** Returns whether only a person may call this tool of `callOwnTool`; false for a tool that does not exist. */
  isByPerson(tool: string): Promise<boolean>;
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
