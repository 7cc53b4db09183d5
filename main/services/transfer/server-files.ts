import { z } from 'zod';
import { messageOf, SchedulerError } from '../../domain/errors.ts';
import type { ServerFile } from '../../ports/import-files.ts';
import type { ImportRefusal, ImportSource } from './import-source.ts';
import { looksSecret, isRecord } from './secrets.ts';

/** Claude Desktop's form, which ncp's profiles share; whatever else stands in the file is another program's business. */
const fileSchema = z.looseObject({ mcpServers: z.record(z.string(), z.unknown()) });

/**
 * The MCP servers that other programs have configured. A name that several files use for different servers is taken
 * from the first of them.
 * @throws SchedulerError `usage/import-unreadable` for a single file that holds none
 */
export function readServerFiles(files: readonly ServerFile[]): ImportSource {
  const mcpServers: Record<string, unknown> = {};
  const refused: ImportRefusal[] = [];
  const notes: string[] = [];
  for (const file of files) {
    const read = serversOf(file);
    if (typeof read === 'string') {
      if (files.length === 1) throw new SchedulerError('usage/import-unreadable', read, { path: file.path });
      notes.push(read);
      continue;
    }
    for (const [name, server] of Object.entries(read)) {
      if (!Object.hasOwn(mcpServers, name)) mcpServers[name] = server;
      else if (JSON.stringify(mcpServers[name]) !== JSON.stringify(server))
        refused.push({ source: file.path, name, reason: 'Another file has a server of this name, which is taken.' });
    }
    if (Object.keys(read).length > 0) notes.push(`${file.path}: ${Object.keys(read).join(', ')}.`);
  }
  const kind = 'mcp-servers';
  const remarks = [...notes, ...secretNotes(mcpServers)];
  return { kind, candidates: [], refused, timings: [], settings: { mcpServers }, secrets: [], notes: remarks };
}

function serversOf({ path, text }: ServerFile): Readonly<Record<string, unknown>> | string {
  let value: unknown;
  try {
    // Notepad begins a file with a byte order mark.
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    return `${path} is not valid JSON: ${messageOf(error)}.`;
  }
  const read = fileSchema.safeParse(value);
  return read.success ? read.data.mcpServers : `${path} has no "mcpServers", an object of servers by their names.`;
}

/** They stay in the other program's file as well: nobody should think that the copy is better hidden. */
function secretNotes(servers: Readonly<Record<string, unknown>>): string[] {
  const holders = Object.entries(servers).filter(([, server]) =>
    ['env', 'headers'].some((field) => {
      const record = isRecord(server) ? server[field] : undefined;
      if (!isRecord(record)) return false;
      return Object.entries(record).some(([name, value]) => typeof value === 'string' && looksSecret(name, value));
    }),
  );
  if (holders.length === 0) return [];
  const names = holders.map(([name]) => name).join(', ');
  return [
    `The passwords or tokens of ${names} are copied as they stand. Keep them as secrets and write \${secret:NAME} instead, and they are encrypted.`,
  ];
}
