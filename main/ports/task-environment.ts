import type { McpServer } from '../contract/settings.ts';

/** What surrounds a task's process, apart from what the task itself says. */
export interface TaskEnvironment {
  /** The environment of the person's login shell, captured once, so that a task finds what works by hand (D10). */
  variables(): Promise<Readonly<Record<string, string>>>;
  /** Where a task without a working directory runs: the person's home. */
  readonly homeDir: string;
  /** The value of `${secret:NAME}`. @throws SchedulerError of group `secret`, `store/…`. */
  secret(name: string): string;
  /** The configured MCP server of this name, or null. */
  mcpServer(name: string): McpServer | null;
  /** Absolute path of the log of an execution. */
  logPath(executionId: string, startedAt: string): string;
}
