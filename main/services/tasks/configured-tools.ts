import { builtInNames, builtInTools, isBuiltIn } from '../../contract/built-in/built-ins.ts';
import { hourMs } from '../../domain/durations.ts';
import type { Tool } from '../../contract/tool.ts';
import type { McpServer } from '../../contract/settings.ts';
import { serverNameProblem } from '../../contract/server-name.ts';
import { isDisabled } from '../../domain/server-use.ts';
import { messageOf, SchedulerError } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ToolCatalog } from './tool-catalog.ts';
import type { RememberedTools, ToolMemory } from '../../ports/tool-memory.ts';

/** The answer of one server. */
interface ServerTools {
  readonly server: { readonly name: string; readonly version: string } | null;
  readonly tools: Tool[];
}

export interface ConfiguredToolsNeeds {
  servers(): Readonly<Record<string, McpServer>>;
  /** Connects to a server and returns its tools. @throws SchedulerError of group `mcp`. */
  listTools(name: string, server: McpServer): Promise<ServerTools>;
  problems(schema: Readonly<Record<string, unknown>>, parameters: unknown): string[];
  readonly memory: ToolMemory;
  /** Returns a hash of a server's configuration, which may hold secrets. */
  fingerprint(server: McpServer): string;
  readonly clock: Pick<Clock, 'now' | 'nowIso'>;
  /** Asks this server again in the background. */
  refreshLater(server: string): void;
}

/** Remembered tools of an unchanged server configuration are refreshed when they are older than this, in ms. */
const refreshAfterMs = hourMs;
/** Time that a started refresh has before another may start, in ms. */
const refreshAgainMs = 300_000;
/** How long an answer is reused within this process, in ms: one check may ask twice. */
const freshForMs = 10_000;

interface Asked {
  readonly configuration: string;
  readonly atMs: number;
  readonly tools: Promise<readonly Tool[]>;
}

/** Knows the built-in tools and those that the configured MCP servers offer. */
export class ConfiguredTools implements ToolCatalog {
  readonly #needs: ConfiguredToolsNeeds;
  readonly #asked = new Map<string, Asked>();

  constructor(needs: ConfiguredToolsNeeds) {
    this.#needs = needs;
  }

  async list(
    options: { readonly fresh?: boolean; readonly server?: string } = {},
  ): Promise<{ tools: Tool[]; unavailable: { server: string; message: string }[] }> {
    const { fresh = false, server: only } = options;
    const servers = this.#needs.servers();
    const tools: Tool[] = builtInTools.filter(({ tool }) => only === undefined || tool.startsWith(`${only}:`));
    if (only !== undefined && tools.length === 0 && !Object.hasOwn(servers, only)) {
      throw unknownServer(`${only}:…`, only, Object.keys(servers));
    }
    const unavailable: { server: string; message: string }[] = [];
    const answers = Object.entries(servers).map(async ([name, server]) => {
      if (only === undefined ? isDisabled(server) : name !== only) return;
      try {
        const problem = serverNameProblem(name);
        if (problem !== null) throw new SchedulerError('mcp/bad-name', problem, { server: name });
        const known = await this.#toolsOf(name, server, fresh);
        tools.push(...known.filter(({ tool }) => !isBuiltIn(tool)));
        const hidden = known.find(({ tool }) => isBuiltIn(tool));
        if (hidden !== undefined) unavailable.push({ server: name, message: hiddenTool(hidden.tool) });
      } catch (problem) {
        unavailable.push({ server: name, message: messageOf(problem) });
      }
    });
    await Promise.all(answers);
    return { tools: tools.sort((left, right) => order(left, right)), unavailable };
  }

  async find(tool: string, { fresh = false } = {}): Promise<Tool | null> {
    const builtIn = builtInTools.find((candidate) => candidate.tool === tool);
    if (builtIn !== undefined) return builtIn;
    const [name = ''] = tool.split(':', 1);
    const servers = this.#needs.servers();
    const server = servers[name];
    if (server === undefined) throw unknownServer(tool, name, Object.keys(servers));
    const tools = await this.#toolsOf(name, server, fresh);
    return tools.find((candidate) => candidate.tool === tool) ?? null;
  }

  check(tool: Tool, parameters: Readonly<Record<string, unknown>>): string[] {
    return this.#needs.problems(tool.inputSchema, parameters);
  }

  #toolsOf(name: string, server: McpServer, fresh: boolean): Promise<readonly Tool[]> {
    const configuration = this.#needs.fingerprint(server);
    const nowMs = this.#needs.clock.now();
    const asked = this.#asked.get(name);
    const recent = asked !== undefined && asked.configuration === configuration && nowMs - asked.atMs < freshForMs;
    if (recent) return asked.tools;
    const remembered = fresh ? null : this.#remembered(name, configuration, nowMs);
    if (remembered !== null) return Promise.resolve(remembered.tools);
    const tools = this.#ask(name, server, configuration);
    this.#asked.set(name, { configuration, atMs: nowMs, tools });
    // A server that failed is asked again next time.
    tools.catch(() => this.#asked.delete(name));
    return tools;
  }

  async #ask(name: string, server: McpServer, configuration: string): Promise<readonly Tool[]> {
    const answer = await this.#needs.listTools(name, server);
    const askedAt = this.#needs.clock.nowIso();
    this.#needs.memory.set(name, { configuration, askedAt, ...answer });
    return answer.tools;
  }

  #remembered(name: string, configuration: string, nowMs: number): RememberedTools | null {
    const { memory } = this.#needs;
    const remembered = memory.get(name);
    if (remembered === null || remembered.configuration !== configuration) return null;
    const { askedAt, refreshStartedAt = askedAt } = remembered;
    const old = nowMs - Date.parse(askedAt) > refreshAfterMs;
    if (old && nowMs - Date.parse(refreshStartedAt) > refreshAgainMs) {
      memory.set(name, { ...remembered, refreshStartedAt: new Date(nowMs).toISOString() });
      this.#needs.refreshLater(name);
    }
    return remembered;
  }
}

function hiddenTool(tool: string): string {
  return `Its tool ${tool} cannot be used, because a built-in tool has this name. Rename the server.`;
}

/** Returns the error for a tool whose server is not configured. Also used by the check before saving. */
export function unknownServer(tool: string, name: string, known: readonly string[]): SchedulerError {
  const builtIn = builtInNames.join(' and ');
  const configured = known.length === 0 ? 'none are configured' : `configured: ${known.join(', ')}`;
  const message = `There is no tool "${tool}": ${builtIn} are built in, and "${name}" is not a configured MCP server (${configured}). Add it under mcpServers in config.json.`;
  return new SchedulerError('mcp/unknown-server', message, { tool, server: name, known });
}

function order(left: Tool, right: Tool): number {
  const rank = (tool: Tool): number => (isBuiltIn(tool.tool) ? 0 : 1);
  return rank(left) - rank(right) || left.tool.localeCompare(right.tool);
}
