import { agentRun } from '../../contract/built-in/agent-run.ts';
import { isMcpTool } from '../../contract/built-in/built-ins.ts';
import type { FieldDifference, ProposalPreview, ProposedChange } from '../../contract/proposal.ts';
import type { McpServer } from '../../contract/settings.ts';
import { plainCode } from '../../domain/visible-text.ts';
import type { TaskCall, TaskServers } from '../runs/attempts/task-servers.ts';

interface UsedServers extends TaskServers {
  readonly tool: string;
}

interface ServerFacts {
  readonly differences: FieldDifference[];
  readonly unchanged: ProposalPreview['unchanged'];
}

/** Returns what a person must know about the MCP servers of a task: their definitions decide what it does. */
export function serverFacts(
  { action }: Pick<ProposedChange, 'action'>,
  before: UsedServers | null,
  after: UsedServers,
): ServerFacts {
  if (callsNothing(action)) return { differences: [], unchanged: [] };
  const [was, is] = [before === null ? new Map<string, string>() : serverTexts(before), serverTexts(after)];
  const differences = [...new Set([...is.keys(), ...was.keys()])]
    .map((field) => ({ field, before: was.get(field) ?? null, after: is.get(field) ?? null }))
    .filter((difference) => difference.before !== difference.after);
  const unchanged = [...is].flatMap(([field, text]) => (was.get(field) === text ? [{ field, text }] : []));
  return { differences, unchanged };
}

/**
 * Returns a warning for an agent whose prompt is in a file: approving binds the path of the file, and not the text in
 * it, which is read at each run.
 */
export function promptFileWarning({ action }: Pick<ProposedChange, 'action'>, call: TaskCall | null): string[] {
  const file = call?.tool === agentRun.tool ? call.parameters['promptFile'] : undefined;
  if (typeof file !== 'string' || callsNothing(action)) return [];
  return [
    `The prompt is read from ${file} at each run, so it can change after your approval. Read the file, and make sure that only you can change it.`,
  ];
}

/** A paused or deleted task calls no tool. */
function callsNothing(action: ProposedChange['action']): boolean {
  return action === 'pause' || action === 'skip-next' || action === 'delete' || action === 'add-calendar';
}

/** Returns a warning if other tasks already have the name that the change gives. */
export function namesakeWarning(namesakes: number): string[] {
  if (namesakes === 0) return [];
  return [namesakes === 1 ? 'Another task already has this name.' : `${namesakes} other tasks already have this name.`];
}

/** Returns each server of a task by the name of the field that shows it. */
function serverTexts({ tool, server, agentServers, probe }: UsedServers): ReadonlyMap<string, string> {
  const ofAgent = Object.entries(agentServers).map(([name, given]) => [`MCP server ${name}`, given] as const);
  const all = [
    ...(isMcpTool(tool) ? [['MCP server', server] as const] : []),
    ...(probe === undefined ? [] : [['MCP server of the probe', probe] as const]),
    ...ofAgent,
  ];
  return new Map(all.map(([field, used]) => [plainCode(field), serverText(used)]));
}

/** Returns how a server is started or reached, without the values of its variables and headers. */
function serverText(server: McpServer | null): string {
  if (server === null) return 'not configured';
  const { command, args, cwd, env, url, headers } = server as Readonly<Record<string, unknown>>;
  const parts = [
    typeof command === 'string' ? [command, ...(Array.isArray(args) ? args.map(String) : [])].join(' ') : address(url),
    typeof cwd === 'string' ? `in ${cwd}` : '',
    named('variables', env),
    named('headers', headers),
  ];
  return plainCode(parts.filter((part) => part !== '').join('\n'));
}

function named(what: string, values: unknown): string {
  const names = typeof values === 'object' && values !== null ? Object.keys(values) : [];
  return names.length === 0 ? '' : `${what}: ${names.join(', ')}`;
}

/** Returns the address without a password or a token in it. */
function address(url: unknown): string {
  if (typeof url !== 'string') return '';
  // Only a URL or a text with variables is valid here (contract/settings.ts).
  if (!URL.canParse(url)) return url.split('?', 1)[0] ?? '';
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}
