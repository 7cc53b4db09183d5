import type { Tool } from '../tool.ts';
import type { BuiltInTool, Parameters } from './built-in-tool.ts';
import { agentRun } from './agent-run.ts';
import { httpRequest } from './http-request.ts';
import { shellRun } from './shell-run.ts';

/**
 * The tools that need no MCP server. To add one, write its record in this folder and list it here. The compiler then names
 * every table with a row for each tool:
 *
 * - its runner: main/worker/runners/runner-of.ts;
 * - what its schema cannot say: `checks` in main/domain/built-in/parameter-problem.ts;
 * - the name of a task that has none: `namers` in main/contract/work-name.ts;
 * - whether it can share a worker: `sharing` in main/contract/policy-defaults.ts, and `shareable` in
 *   main/domain/policy/shared-worker.ts if it can;
 * - whether it can be a probe: `obstacles` in main/domain/probe/probe-problem.ts;
 * - its form in the task editor: renderer/features/editor/parameters/built-in-forms.ts;
 * - its example in the help of `create`: `exampleTasks` in main/cli/commands/create.ts;
 * - its example for agents, with every parameter: `fullExamples` in main/mcp-server/parameters.ts.
 */
export const builtIns = {
  [shellRun.tool]: shellRun,
  [httpRequest.tool]: httpRequest,
  [agentRun.tool]: agentRun,
} as const satisfies Readonly<Record<string, BuiltInTool>>;

export type BuiltInToolName = keyof typeof builtIns;

export const builtInNames = Object.keys(builtIns) as readonly BuiltInToolName[];

/** The built-in tools in the form in which every tool is listed. */
export const builtInTools: readonly Tool[] = Object.values<BuiltInTool>(builtIns).map(
  ({ tool, title, description, inputSchema }) => ({ tool, title, description, inputSchema: { ...inputSchema } }),
);

export function isBuiltIn(tool: string): tool is BuiltInToolName {
  return Object.hasOwn(builtIns, tool);
}

/** Returns true for every other tool: a server may be called `shell` or `http` too. */
export function isMcpTool(tool: string): boolean {
  return !isBuiltIn(tool);
}

/** Returns the name of the server in `server:tool`, which may contain spaces but no colon. */
export function serverNameOf(tool: string): string {
  return tool.split(':', 1)[0] ?? '';
}

/** Returns what a call does, as a person would write it; null for an MCP tool or if the parameters do not say. */
export function summaryOf(tool: string, parameters: Parameters): string | null {
  return isBuiltIn(tool) ? builtIns[tool].summary(parameters) : null;
}
