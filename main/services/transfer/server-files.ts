import { z } from 'zod';
import { messageOf, SchedulerError } from '../../domain/errors.ts';
import type { ServerFile } from '../../ports/import-files.ts';
import type { ImportRefusal, ImportSource } from './import-source.ts';
import { looksSecret } from '../../domain/secrets/rules.ts';
import { isRecord } from './secrets.ts';

/** Claude Desktop's format, which ncp's profiles share. Other fields belong to the other program. */
const fileSchema = z.looseObject({ mcpServers: z.record(z.string(), z.unknown()) });

/**
 * Reads the MCP servers that other programs have configured. If several files define different servers with the same
 * name, the first one is used.
 * @param elsewhere false for the files of programs on this machine. @default true
 * @throws SchedulerError `usage/import-unreadable` for a single file without servers
 */
export function readServerFiles(files: readonly ServerFile[], elsewhere = true): ImportSource {
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
        refused.push({
          source: file.path,
          name,
          reason: 'Another file has a server with this name; that server is used.',
        });
    }
    if (Object.keys(read).length > 0) notes.push(`${file.path}: ${Object.keys(read).join(', ')}.`);
  }
  const kind = 'mcp-servers';
  const remarks = [...notes, ...secretNotes(mcpServers)];
  return {
    kind,
    elsewhere,
    candidates: [],
    refused,
    timings: [],
    settings: { mcpServers },
    secrets: [],
    notes: remarks,
  };
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
  return read.success ? read.data.mcpServers : `${path} has no "mcpServers" object with servers by name.`;
}

/** The secrets also stay in the other program's file, so the copy must not look better protected than it is. */
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
    `The passwords or tokens of ${names} are copied in plain text. To encrypt them, save them as secrets and write \${secret:NAME} instead.`,
  ];
}
