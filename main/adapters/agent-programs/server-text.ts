import { applyEdits, findNodeAtLocation, getNodeValue, modify, parseTree } from 'jsonc-parser';
import type { Node, ParseError } from 'jsonc-parser';
import type { AgentProgramName } from '../../contract/agent-programs.ts';

/** The name of this app's server in the files of other programs, as docs/agents.md has it. */
export const SERVER_NAME = 'schedule';

export interface ServerEntry {
  readonly type?: 'stdio';
  readonly command: string;
  readonly args: readonly string[];
}

export function serverEntry(program: AgentProgramName, [command = '', ...args]: readonly string[]): ServerEntry {
  return program === 'vs-code' ? { type: 'stdio', command, args } : { command, args };
}

/** Returns the command for a terminal that adds the server. */
export function addCommand(
  program: 'claude-code' | 'codex',
  words: readonly string[],
  platform: NodeJS.Platform,
): string {
  const quoted = words.map((word) => quotedWord(word, platform)).join(' ');
  return program === 'codex'
    ? `codex mcp add ${SERVER_NAME} -- ${quoted}`
    : `claude mcp add --scope user ${SERVER_NAME} -- ${quoted}`;
}

function quotedWord(word: string, platform: NodeJS.Platform): string {
  if (/^[\w@%+=:,./\\-]+$/.test(word) && (platform === 'win32' || !word.includes('\\'))) return word;
  return platform === 'win32' ? `"${word.replaceAll('"', '\\"')}"` : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** What a file holds under our name. */
export interface Found {
  readonly state: 'connected' | 'absent' | 'other' | 'unreadable';
  readonly problem: string | null;
}

/**
 * Looks for the server in the text of a file. Comments and commas at the end are accepted, because VS Code and Gemini CLI
 * write them.
 */
export function findServer(text: string, key: string, entry: ServerEntry): Found {
  if (text.trim() === '') return { state: 'absent', problem: null };
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  const [error] = errors;
  if (error !== undefined || root?.type !== 'object') {
    const line = text.slice(0, error?.offset ?? 0).split('\n').length;
    return { state: 'unreadable', problem: `The file is not valid JSON (line ${line}), so it is not changed.` };
  }
  const servers = findNodeAtLocation(root, [key]);
  if (servers !== undefined && servers.type !== 'object') {
    return { state: 'unreadable', problem: `“${key}” in the file is not an object, so the file is not changed.` };
  }
  const found = findNodeAtLocation(root, [key, SERVER_NAME]);
  if (found === undefined) return { state: 'absent', problem: null };
  const value = getNodeValue(found) as Partial<ServerEntry> | null;
  const isOurs = value?.command === entry.command && JSON.stringify(value.args ?? []) === JSON.stringify(entry.args);
  return { state: isOurs ? 'connected' : 'other', problem: null };
}

/** Returns the text with the server in it. Everything else stays as it is, with comments and indentation. */
export function withServer(text: string, key: string, entry: ServerEntry): string {
  if (text.trim() === '') return `${JSON.stringify({ [key]: { [SERVER_NAME]: entry } }, null, 2)}\n`;
  const root = parseTree(text, [], { allowTrailingComma: true });
  const servers = root && findNodeAtLocation(root, [key]);
  const isThere = root !== undefined && findNodeAtLocation(root, [key, SERVER_NAME]) !== undefined;
  // jsonc-parser also formats the member before the new one, and a comment behind that member would change its place.
  if (!isThere && servers?.children?.length) return insertedFirst(text, servers, 2, SERVER_NAME, entry);
  if (servers === undefined && root?.children?.length)
    return insertedFirst(text, root, 1, key, { [SERVER_NAME]: entry });
  const { unit, eol } = styleOf(text);
  const insertSpaces = !unit.startsWith('\t');
  const formattingOptions = { insertSpaces, tabSize: insertSpaces ? Math.min(unit.length, 8) : 1, eol };
  return applyEdits(text, modify(text, [key, SERVER_NAME], entry, { formattingOptions }));
}

/**
 * Returns the text without the server, and without the list of servers if that is then empty. Null if nothing else is in
 * it. Everything else stays as it is.
 */
export function withoutServer(text: string, key: string): string | null {
  const root = parseTree(text, [], { allowTrailingComma: true });
  const servers = root && findNodeAtLocation(root, [key]);
  if (root === undefined || servers === undefined) return text;
  const isOnlyServer = servers.children?.length === 1;
  if (!isOnlyServer) return withoutMember(text, servers, SERVER_NAME);
  const without = withoutMember(text, root, key);
  return /^\s*\{\s*\}\s*$/.test(without) ? null : without;
}

/** Removes a member with its comma, and the blank space before it. A comment before it stays. */
function withoutMember(text: string, object: Node, name: string): string {
  const members = object.children ?? [];
  const index = members.findIndex(({ children }) => children?.[0]?.value === name);
  const member = members[index];
  if (member === undefined) return text;
  const before = members[index - 1];
  const from = before === undefined ? object.offset + 1 : before.offset + before.length;
  const gap = text.slice(from, member.offset);
  const rest = text.slice(member.offset + member.length);
  const comma = /^\s*,/.exec(rest)?.[0] ?? '';
  // The comma before the member separates the members that stay, unless the member is the last.
  const isLast = index === members.length - 1;
  const kept = gap.trim() === '' || gap.trim() === ',' ? (before !== undefined && !isLast ? ',' : '') : gap;
  const after = members.length === 1 ? rest.slice(comma.length).replace(/^\s+(?=\})/, '') : rest.slice(comma.length);
  return `${text.slice(0, from)}${isLast ? kept.replace(/,(?=[^,]*$)/, '') : kept}${after}`;
}

/** Writes a member before the others of an object, which stay untouched. @param depth levels that it is indented */
function insertedFirst(text: string, { offset }: Node, depth: number, name: string, value: object): string {
  const { unit, eol } = styleOf(text);
  const lines = JSON.stringify({ [name]: value }, null, unit)
    .split('\n')
    .slice(1, -1);
  const member = lines.map((line) => `${eol}${unit.repeat(depth - 1)}${line}`).join('');
  return `${text.slice(0, offset + 1)}${member},${text.slice(offset + 1)}`;
}

/** Returns one level of the indentation of a text, and its line ends. */
function styleOf(text: string): { unit: string; eol: string } {
  return { unit: /\n([ \t]+)\S/.exec(text)?.[1] ?? '  ', eol: text.includes('\r\n') ? '\r\n' : '\n' };
}
