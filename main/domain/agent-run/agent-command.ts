import type { AgentPermissions } from '../../contract/built-in/agent-run.ts';
import type { McpServer } from '../../contract/settings.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** What a run asks of an agent. */
export interface AgentWish {
  readonly prompt: string;
  /** Path of the file that holds the prompt; null if the task has the prompt itself. */
  readonly promptFile: string | null;
  readonly model: string | null;
  readonly permissions: AgentPermissions;
  readonly allowedTools: readonly string[];
  readonly maxCostUsd: number | null;
  readonly servers: Readonly<Record<string, McpServer>>;
  /** More arguments, as the task has them. */
  readonly extra: readonly string[];
  /** With the agent "command": the program and its arguments. */
  readonly command: readonly string[];
}

/** How to start an agent. */
export interface AgentCall {
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Text for standard input. Absent: nothing. */
  readonly input?: string;
  /** The configuration of MCP servers as a file: its content, and the arguments that name its path. */
  readonly serverFile?: { readonly content: string; readonly args: (path: string) => readonly string[] };
}

/** A permission that the agent asked for and nobody could give. */
export interface Denial {
  /** The permission, as the agent calls it: `Write`, `Bash(touch made.txt)`. */
  readonly permission: string;
  /** What gives it: an entry of allowedTools, or a value of permissions. */
  readonly grant: { readonly tool: string } | { readonly permissions: AgentPermissions };
}

/** What was read of an agent's output so far. */
export interface AgentFacts {
  /** The agent's last words. */
  text: string | null;
  /** True if the agent said that its run ended, well or not. */
  ended: boolean;
  /** Why the run failed, in the agent's words. */
  problem: string | null;
  signedOut: boolean;
  costUsd: number | null;
  turns: number | null;
  sessionId: string | null;
  model: string | null;
  readonly files: Set<string>;
  readonly denials: Denial[];
  /** What is remembered of tool calls that have not ended, by their id. */
  readonly calls: Map<string, string>;
}

export function emptyFacts(): AgentFacts {
  return {
    text: null,
    ended: false,
    problem: null,
    signedOut: false,
    costUsd: null,
    turns: null,
    sessionId: null,
    model: null,
    files: new Set(),
    denials: [],
    calls: new Map(),
  };
}

/** The parameters that not every agent can obey. */
type AgentLimit = 'allowedTools' | 'maxCostUsd' | 'mcpServers' | 'model';

/** Everything that the product knows about one agent's command line. */
export interface AgentCommand {
  /** The name that people know. */
  readonly title: string;
  /** The program, as it is found in PATH. */
  readonly program: string;
  /** How people install it: a command or an address. */
  readonly install: string;
  /** The command that signs in again. */
  readonly signIn: string;
  /** Arguments with which the program says by its exit code whether it is signed in. Absent: it cannot. */
  readonly status?: readonly string[];
  /** Parameters that this agent obeys. */
  readonly obeys: readonly AgentLimit[];
  readonly call: (wish: AgentWish) => AgentCall;
  /**
   * Reads one line of its output, which is a JSON object: adds to the facts, and returns what a person should read in the log.
   * Null for an agent that prints text.
   */
  readonly read: ((event: Fields, facts: AgentFacts) => readonly string[]) | null;
  /** Returns the command that continues a session in a terminal. Null for an agent without sessions. */
  readonly resume: ((sessionId: string) => string) | null;
  /** A command that answers with exit code 0 if the sign-in holds, without a cost. Null if the agent has none. */
  readonly checkSignIn: readonly string[] | null;
}
