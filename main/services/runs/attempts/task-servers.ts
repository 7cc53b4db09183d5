import { agentServerNames } from '../../../contract/built-in/agent-run.ts';
import { isMcpTool, serverNameOf } from '../../../contract/built-in/built-ins.ts';
import type { McpServer } from '../../../contract/settings.ts';
import type { Policies, Task } from '../../../contract/task.ts';

/** The MCP servers that a task uses, as they are configured. They decide what the task does. */
export interface TaskServers {
  /** The server of the task's tool; null for a built-in tool and for a server that is not configured. */
  readonly server: McpServer | null;
  /** The server of the task's probe; null if it is not configured. Absent without such a probe. */
  readonly probe?: McpServer | null;
  /** The servers that the task gives its agent, by name; null for a server that is not configured. */
  readonly agentServers: Readonly<Record<string, McpServer | null>>;
}

/** What a task calls. */
export type TaskCall = Pick<Task, 'tool' | 'parameters'> & { readonly policies?: Policies | null | undefined };

/** Returns the MCP servers that a task uses; none for null, a task that calls nothing. */
export function serversOf(call: TaskCall | null, find: (name: string) => McpServer | null): TaskServers {
  if (call === null) return { server: null, agentServers: {} };
  const { tool, parameters, policies } = call;
  const probe = policies?.probe?.tool;
  const names = agentServerNames(tool, parameters);
  return {
    server: isMcpTool(tool) ? find(serverNameOf(tool)) : null,
    ...(probe !== undefined && isMcpTool(probe) ? { probe: find(serverNameOf(probe)) } : {}),
    agentServers: Object.fromEntries(names.map((name) => [name, find(name)])),
  };
}
