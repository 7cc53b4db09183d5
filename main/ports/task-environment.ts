import type { McpServer } from '../contract/settings.ts';
import type { AccessToken } from './tool-servers.ts';
import type { Task } from '../contract/task.ts';

/** The environment of a task's process, apart from the task's own settings. */
export interface TaskEnvironment {
  /**
   * Returns the environment of the person's login shell, so that a task finds the same programs as in a terminal
   * (docs/architecture.md, decision D10).
   */
  variables(): Promise<Readonly<Record<string, string>>>;
  /** Captures that environment again, if it is not new: a run did not find a program. Never rejects. */
  programMissing(): Promise<void>;
  /** Remembers where the programs of a task are, after a run of it succeeded with this PATH. */
  succeeded(task: Pick<Task, 'id' | 'tool' | 'parameters'>, path: string): Promise<void>;
  /** The working directory of a task that has none: the person's home. */
  readonly homeDir: string;
  /** Returns the value of `${secret:NAME}`. @throws SchedulerError of group `secret`, `store/…`. */
  secret(name: string): string;
  /** Returns the configured MCP server of this name, or null. */
  mcpServer(name: string): McpServer | null;
  /**
   * Returns the access token of a server that the person has signed in to at this address; null if there is none.
   * @throws SchedulerError `mcp/sign-in-expired`, `mcp/unreachable`, `secret/…`
   */
  accessToken(server: string, address: string): Promise<AccessToken | null>;
  /** Returns the absolute path of an execution's log. */
  logPath(executionId: string, startedAt: string): string;
}
