import { isMcpTool } from '../../contract/built-in/tools.ts';
import type { FieldDifference, ProposalPreview, ProposedChange } from '../../contract/proposal.ts';
import type { McpServer } from '../../contract/settings.ts';
import { plainCode } from '../../domain/visible-text.ts';

interface ToolServer {
  readonly tool: string;
  readonly server: McpServer | null;
}

interface ServerFacts {
  readonly differences: FieldDifference[];
  readonly unchanged: ProposalPreview['unchanged'];
}

/** Returns what a person must know about the MCP server of a task: its definition decides what the tool does. */
export function serverFacts(
  { action }: Pick<ProposedChange, 'action'>,
  before: ToolServer | null,
  after: ToolServer,
): ServerFacts {
  const field = 'MCP server';
  // A paused or deleted task calls no tool.
  if (action === 'pause' || action === 'skip-next' || action === 'delete') return { differences: [], unchanged: [] };
  const [was, is] = [before === null ? null : serverText(before), serverText(after)];
  if (was === is) return { differences: [], unchanged: is === null ? [] : [{ field, text: is }] };
  return { differences: [{ field, before: was, after: is }], unchanged: [] };
}

/** Returns a warning if other tasks already have the name that the change gives. */
export function namesakeWarning(namesakes: number): string[] {
  if (namesakes === 0) return [];
  return [namesakes === 1 ? 'Another task already has this name.' : `${namesakes} other tasks already have this name.`];
}

/** Returns how the server of a tool is started or reached, without the values of its variables and headers. */
function serverText({ tool, server }: ToolServer): string | null {
  if (!isMcpTool(tool)) return null;
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
