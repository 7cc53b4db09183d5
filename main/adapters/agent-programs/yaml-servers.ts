import { isMap, isScalar, parseDocument, stringify } from 'yaml';
import type { Document, Pair, ParsedNode, YAMLMap } from 'yaml';
import { refuseDeepYaml } from '../files/yaml-depth.ts';
import { SERVER_NAME, styleOf } from './server-format.ts';
import type { Fields, ServerFormat } from './server-format.ts';

/** YAML, as goose keeps its configuration. Only block style is written; what is between stays as it is. */
export const yamlServers: ServerFormat = {
  title: 'YAML',
  empty: '',
  parse: (text) => {
    refuseDeepYaml(text);
    const document = parseDocument(text);
    const [error] = document.errors;
    if (error !== undefined) throw new Error(`line ${error.linePos?.[0].line ?? 1}`);
    return (document.toJS() as unknown) ?? {};
  },
  added: (text, key, entry) => [withNew(text, key, entry)],
  changed: (text, key, fields) => [
    Object.entries(fields).reduce((now, [name, value]) => withField(now, key, name, value), text),
  ],
  removed: (text, key) => {
    const servers = serversIn(parseDocument(text), key);
    const rest = servers === null ? text : withoutPair(text, servers, SERVER_NAME);
    const root = parseDocument(text).contents;
    const isLast = servers?.items.length === 1 && isMap(root);
    return [...(isLast ? [withoutPair(text, root, key)] : []), rest];
  },
  piece: (key, entry) => stringify({ [key]: { [SERVER_NAME]: entry } }).trimEnd(),
};

type ParsedMap = YAMLMap.Parsed;

function serversIn(document: Document.Parsed, key: string): ParsedMap | null {
  const servers = document.get(key, true);
  return isMap(servers) ? (servers as ParsedMap) : null;
}

function withNew(text: string, key: string, entry: Fields): string {
  const { unit, eol } = styleOf(text);
  const lines = (value: object, depth: number) =>
    stringify(value, { indent: Math.max(2, unit.replaceAll('\t', '  ').length), lineWidth: 0 })
      .trimEnd()
      .split('\n')
      .map((line) => `${' '.repeat(depth)}${line}`);
  const document = parseDocument(text);
  const servers = serversIn(document, key);
  const [first] = servers?.items ?? [];
  if (first !== undefined) {
    const offset = first.key.range[0];
    const depth = offset - (text.lastIndexOf('\n', offset - 1) + 1);
    const [start = '', ...more] = lines({ [SERVER_NAME]: entry }, depth);
    const written = [start.trimStart(), ...more, ''].join(eol);
    return `${text.slice(0, offset)}${written}${' '.repeat(depth)}${text.slice(offset)}`;
  }
  const pair = pairIn(document.contents, key);
  const piece = lines({ [key]: { [SERVER_NAME]: entry } }, 0).join(eol);
  if (pair === undefined) return `${text}${text === '' || text.endsWith('\n') ? '' : eol}${piece}${eol}`;
  // `extensions:` without a value, or `extensions: {}`
  return `${text.slice(0, pair.key.range[0])}${piece}${text.slice(pair.value?.range[1] ?? pair.key.range[1])}`;
}

type ParsedPair = Pair<ParsedNode, ParsedNode | null>;

const pairIn = (map: unknown, name: string): ParsedPair | undefined =>
  isMap(map) ? (map as ParsedMap).items.find(({ key }) => isScalar(key) && key.value === name) : undefined;

function withField(text: string, key: string, name: string, value: unknown): string {
  const server = serversIn(parseDocument(text), key)?.get(SERVER_NAME, true);
  const [first] = isMap(server) ? (server as ParsedMap).items : [];
  if (first === undefined) return text;
  const pair = pairIn(server, name);
  // JSON is also YAML, and needs no indentation.
  if (pair?.value) return `${text.slice(0, pair.value.range[0])}${jsonIn(text, pair, value)}`;
  const offset = first.key.range[0];
  const depth = offset - (text.lastIndexOf('\n', offset - 1) + 1);
  const { eol } = styleOf(text);
  return `${text.slice(0, offset)}${name}: ${JSON.stringify(value)}${eol}${' '.repeat(depth)}${text.slice(offset)}`;
}

/** Returns the value and what follows it. A list over several lines ends with its line end, which stays. */
function jsonIn(text: string, { value: node }: ParsedPair, value: unknown): string {
  const end = node?.range[1] ?? 0;
  const eol = /\r?\n$/.exec(text.slice(0, end))?.[0] ?? '';
  return `${JSON.stringify(value)}${eol}${text.slice(end)}`;
}

/** Removes the lines of a pair. Comments before and after it stay. */
function withoutPair(text: string, map: ParsedMap, name: string): string {
  const pair = pairIn(map, name);
  if (pair === undefined) return text;
  const start = text.lastIndexOf('\n', pair.key.range[0] - 1) + 1;
  const valueEnd = pair.value?.range[1] ?? pair.key.range[1];
  const lineEnd = text[valueEnd - 1] === '\n' ? valueEnd : text.indexOf('\n', valueEnd) + 1;
  return `${text.slice(0, start)}${lineEnd === 0 ? '' : text.slice(lineEnd)}`;
}
