import { applyEdits, findNodeAtLocation, modify, parse, parseTree } from 'jsonc-parser';
import type { Node, ParseError } from 'jsonc-parser';
import { SERVER_NAME, styleOf } from './server-format.ts';
import type { Fields, ServerFormat } from './server-format.ts';

const lenient = { allowTrailingComma: true };

/** JSON, with comments and commas at the end, because VS Code, Gemini CLI and opencode accept them. */
export const jsonServers: ServerFormat = {
  title: 'JSON',
  empty: '{}\n',
  parse: (text) => {
    if (text.trim() === '') return {};
    const errors: ParseError[] = [];
    const value: unknown = parse(text, errors, lenient);
    const [error] = errors;
    if (error !== undefined) throw new Error(`line ${text.slice(0, error.offset).split('\n').length}`);
    return value;
  },
  added: (text, key, entry) => [withNew(text, key, entry)],
  changed: (text, key, fields) => [
    Object.entries(fields).reduce((now, [name, value]) => set(now, [key, SERVER_NAME, name], value), text),
  ],
  removed: (text, key) => [without(text, key)],
  piece: (key, entry) => JSON.stringify({ [key]: { [SERVER_NAME]: entry } }, null, 2),
};

function withNew(text: string, key: string, entry: Fields): string {
  if (text.trim() === '') return `${jsonServers.piece(key, entry)}\n`;
  const root = parseTree(text, [], lenient);
  const servers = root && findNodeAtLocation(root, [key]);
  const isNamed = servers !== undefined && findNodeAtLocation(servers, [SERVER_NAME]) !== undefined;
  // jsonc-parser also formats the member before the new one, and a comment behind that member would change its place.
  if (servers?.children?.length && !isNamed) return insertedFirst(text, servers, 2, SERVER_NAME, entry);
  if (servers === undefined && root?.children?.length)
    return insertedFirst(text, root, 1, key, { [SERVER_NAME]: entry });
  return servers?.type === 'object' ? set(text, [key, SERVER_NAME], entry) : set(text, [key], { [SERVER_NAME]: entry });
}

function set(text: string, path: readonly string[], value: unknown): string {
  const { unit, eol } = styleOf(text);
  const insertSpaces = !unit.startsWith('\t');
  const formattingOptions = { insertSpaces, tabSize: insertSpaces ? Math.min(unit.length, 8) : 1, eol };
  return applyEdits(text, modify(text, [...path], value, { formattingOptions }));
}

function without(text: string, key: string): string {
  const root = parseTree(text, [], lenient);
  const servers = root && findNodeAtLocation(root, [key]);
  if (root === undefined || servers === undefined) return text;
  if (servers.children?.length !== 1) return withoutMember(text, servers, SERVER_NAME);
  const rest = withoutMember(text, root, key);
  return /^\s*\{\s*\}\s*$/.test(rest) ? '' : rest;
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
