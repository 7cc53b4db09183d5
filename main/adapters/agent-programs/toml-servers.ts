import { parse } from 'smol-toml';
import { SERVER_NAME } from './server-format.ts';
import type { ServerFormat } from './server-format.ts';

/** TOML, as Codex keeps its configuration: the server is a table of its own. */
export const tomlServers: ServerFormat = {
  title: 'TOML',
  empty: '',
  parse: (text) => parse(text),
  // A table is complete wherever it stands, so the end of the file is right, and nothing before it changes.
  added: (text, key, entry) => {
    const eol = text.includes('\r\n') ? '\r\n' : '\n';
    const gap = text === '' ? '' : text.endsWith('\n') ? eol : `${eol}${eol}`;
    return [`${text}${gap}${tomlServers.piece(key, entry).replaceAll('\n', eol)}${eol}`];
  },
  changed: (text, key, fields) =>
    Object.entries(fields).reduce<readonly string[]>(
      (candidates, [name, value]) => candidates.flatMap((candidate) => withField(candidate, key, name, value)),
      [text],
    ),
  removed: (text, key) => withoutTables(text, key),
  piece: (key, entry) => [`[${key}.${SERVER_NAME}]`, ...Object.entries(entry).map(fieldLine)].join('\n'),
};

const fieldLine = ([name, value]: readonly [string, unknown]): string => `${name} = ${tomlOf(value)}`;

/** JSON's strings and lists of strings are also TOML's. */
const tomlOf = (value: unknown): string => JSON.stringify(value).replaceAll('\u007F', String.raw`\u007f`);

const header = (key: string, subtable: boolean): RegExp =>
  new RegExp(
    String.raw`^[ \t]*\[[ \t]*["']?${key}["']?[ \t]*\.[ \t]*["']?${SERVER_NAME}["']?[ \t]*${subtable ? String.raw`(?:\.[^\]\r\n]*)?` : ''}\][^\r\n]*(?:\r?\n|$)`,
    'gm',
  );

interface Table {
  readonly start: number;
  readonly bodyStart: number;
  /** After the last line that is neither blank nor a comment, which belong to what follows. */
  readonly end: number;
}

function tablesIn(text: string, key: string, withSubtables: boolean): Table[] {
  return [...text.matchAll(header(key, withSubtables))].map(({ 0: line, index: start }) => {
    const bodyStart = start + line.length;
    const next = /^[ \t]*\[[^\r\n]*\][ \t]*(?:#.*)?\r?$/m.exec(text.slice(bodyStart));
    const body = next === null ? text.slice(bodyStart) : text.slice(bodyStart, bodyStart + next.index);
    return { start, bodyStart, end: bodyStart + lastCodeEnd(body) };
  });
}

/** Returns where the last line of a body ends that is neither blank nor a comment. */
function lastCodeEnd(body: string): number {
  let end = 0;
  let at = 0;
  for (const line of body.split(/(?<=\n)/)) {
    at += line.length;
    if (!/^\s*(?:#.*)?$/.test(line.trimEnd())) end = at;
  }
  return end;
}

/** Returns candidates: a text in quotes may hold what looks like the table, and one of them does not read as wanted. */
function withField(text: string, key: string, name: string, value: unknown): string[] {
  const line = `${name} = ${tomlOf(value)}`;
  return tablesIn(text, key, false).flatMap(({ bodyStart, end }) => {
    const body = text.slice(bodyStart, end);
    const put = (from: number, to: number, written: string) =>
      `${text.slice(0, bodyStart + from)}${written}${text.slice(bodyStart + to)}`;
    const start = new RegExp(String.raw`^[ \t]*["']?${name}["']?[ \t]*=[ \t]*`, 'm').exec(body);
    if (start === null) return [put(0, 0, `${line}${text.includes('\r\n') ? '\r\n' : '\n'}`)];
    const from = start.index + start[0].length;
    return endsOf(body, from).map((to) => put(start.index, to, line));
  });
}

/** Returns where the value at `from` may end: at a quote, at a bracket of a list over several lines, at the line end. */
function endsOf(body: string, from: number): number[] {
  const first = body[from];
  const lineEnd = /\r?\n|$/.exec(body.slice(from))?.index ?? 0;
  if (first === '[') return [...body.slice(from).matchAll(/\]/g)].slice(0, 20).map(({ index }) => from + index + 1);
  const quoted = /^(?:"(?:[^"\\\r\n]|\\.)*"|'[^'\r\n]*')/.exec(body.slice(from));
  return [from + (quoted?.[0].length ?? lineEnd)];
}

/** Removes the table and those below it, such as `env`, with the blank line before. Comments stay. */
function withoutTables(text: string, key: string): string[] {
  const tables = tablesIn(text, key, true);
  const without = (some: readonly Table[]) =>
    some.toReversed().reduce((now, { start, end }) => {
      const before = now.slice(0, start).replace(/(\r?\n)\r?\n$/, '$1');
      return `${before}${now.slice(end)}`;
    }, text);
  return tables.length === 0 ? [] : [without(tables), ...tables.map((table) => without([table]))];
}
