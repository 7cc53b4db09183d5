import type { McpServer } from '../../../main/contract/settings.ts';

/** Formats a server as one line: its address, or its command with arguments, quoted where needed. */
export function serverLine(server: McpServer): string {
  if ('url' in server && typeof server.url === 'string') return server.url;
  if (!('command' in server) || typeof server.command !== 'string') return '';
  const args = Array.isArray(server.args) ? server.args.map(String) : [];
  return [server.command, ...args].map(quote).join(' ');
}

const quote = (word: string): string => (/^[^\s"']+$/.test(word) ? word : `"${word.replaceAll('"', '\\"')}"`);

/** Reads a line from `serverLine`; null if it is empty or a quotation mark is not closed. */
export function parseServerLine(line: string): McpServer | null {
  const trimmed = line.trim();
  if (/^https?:\/\/\S+$/.test(trimmed)) return { url: trimmed };
  const words = splitWords(trimmed);
  const [command, ...args] = words ?? [];
  return command === undefined ? null : { command, args };
}

/** Splits a line into words like a shell, with quotes and backslash before a quote; nothing else is special. */
function splitWords(line: string): string[] | null {
  const words: string[] = [];
  const pattern = /\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([^\s"']+))(?=\s|$)|\s*(\S)/g;
  for (const [, double, single, bare, stray] of line.matchAll(pattern)) {
    if (stray !== undefined) return null;
    words.push(double?.replace(/\\(["\\])/g, '$1') ?? single ?? bare ?? '');
  }
  return words;
}
