import { builtInTools } from '../contract/built-in-tools.ts';
import type { Tool } from '../contract/ipc.ts';
import type { McpServer } from '../contract/settings.ts';
import { messageOf, SchedulerError } from '../domain/errors.ts';
import type { ToolCatalog } from '../ports/tool-catalog.ts';

export interface ConfiguredToolsPorts {
  servers(): Readonly<Record<string, McpServer>>;
  /** The tools of one server, by connecting to it. @throws SchedulerError of group `mcp`. */
  listTools(name: string, server: McpServer): Promise<Tool[]>;
  problems(schema: Readonly<Record<string, unknown>>, parameters: unknown): string[];
}

/** The built-in tools, and those the configured MCP servers say they have. A server is asked once per process. */
export class ConfiguredTools implements ToolCatalog {
  readonly #ports: ConfiguredToolsPorts;
  readonly #known = new Map<string, { configuration: string; tools: Promise<Tool[]> }>();

  constructor(ports: ConfiguredToolsPorts) {
    this.#ports = ports;
  }

  async list(): Promise<{ tools: Tool[]; unavailable: { server: string; message: string }[] }> {
    const tools: Tool[] = [...builtInTools];
    const unavailable: { server: string; message: string }[] = [];
    const answers = Object.entries(this.#ports.servers()).map(async ([name, server]) => {
      try {
        tools.push(...(await this.#toolsOf(name, server)));
      } catch (problem) {
        unavailable.push({ server: name, message: messageOf(problem) });
      }
    });
    await Promise.all(answers);
    return { tools: tools.sort((left, right) => order(left, right)), unavailable };
  }

  async find(tool: string): Promise<Tool | null> {
    const builtIn = builtInTools.find((candidate) => candidate.tool === tool);
    if (builtIn !== undefined) return builtIn;
    const [name = ''] = tool.split(':', 1);
    const servers = this.#ports.servers();
    const server = servers[name];
    if (server === undefined) throw unknownServer(tool, name, Object.keys(servers));
    const tools = await this.#toolsOf(name, server);
    return tools.find((candidate) => candidate.tool === tool) ?? null;
  }

  check(tool: Tool, parameters: Readonly<Record<string, unknown>>): string[] {
    return this.#ports.problems(tool.inputSchema, parameters);
  }

  #toolsOf(name: string, server: McpServer): Promise<Tool[]> {
    const configuration = JSON.stringify(server);
    const known = this.#known.get(name);
    if (known?.configuration === configuration) return known.tools;
    const tools = this.#ports.listTools(name, server);
    this.#known.set(name, { configuration, tools });
    // A server that failed is asked again next time.
    tools.catch(() => this.#known.delete(name));
    return tools;
  }
}

/** The error for a tool whose server is not configured; shared with the check that runs before saving. */
export function unknownServer(tool: string, name: string, known: readonly string[]): SchedulerError {
  const builtIn = builtInTools.map((candidate) => candidate.tool).join(' and ');
  const configured = known.length === 0 ? 'none is configured' : `configured are ${known.join(', ')}`;
  const message = `There is no tool "${tool}": ${builtIn} are built in, and "${name}" is not a configured MCP server (${configured}). Add it under mcpServers in config.json.`;
  return new SchedulerError('mcp/unknown-server', message, { tool, server: name, known });
}

function order(left: Tool, right: Tool): number {
  const rank = (tool: Tool): number => (builtInTools.some((candidate) => candidate.tool === tool.tool) ? 0 : 1);
  return rank(left) - rank(right) || left.tool.localeCompare(right.tool);
}
