import { z } from 'zod';
import { serverNameProblem, usableServerName } from '../../contract/server-name.ts';
import { withUrl } from '../../contract/settings.ts';
import { messageOf, SchedulerError } from '../../domain/errors.ts';
import type { ServerFile } from '../../ports/import-files.ts';
import type { ImportRefusal, ImportSource } from './import-source.ts';
import { looksSecret } from '../../domain/secrets/rules.ts';
import { isRecord } from './secrets.ts';

const servers = z.record(z.string(), z.unknown());
/**
 * Claude Desktop's format, which ncp's profiles and most other programs share, and that of VS Code
 * (https://code.visualstudio.com/docs/copilot/reference/mcp-configuration). Other fields belong to the other program.
 */
const fileSchema = z.union([
  z.looseObject({ mcpServers: servers }).transform(({ mcpServers }) => mcpServers),
  z.looseObject({ servers }).transform((file) => file.servers),
]);

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
    for (const [given, written] of Object.entries(read)) {
      const reason = refusal(written);
      if (reason !== null) {
        refused.push({ source: file.path, name: given, reason });
        continue;
      }
      const name = usableServerName(given);
      const server = withUrl(written);
      if (name !== given) notes.push(`${file.path}: "${given}" is imported as "${name}": ${serverNameProblem(given)}`);
      notes.push(...remarksOn(name, server));
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
  return read.success ? read.data : `${path} has no "mcpServers" or "servers" object with servers by name.`;
}

/** Returns why a server cannot be used outside its program, or null. */
function refusal(server: unknown): string | null {
  const [input] = /\$\{input:[^}]*\}/.exec(JSON.stringify(server)) ?? [];
  if (input !== undefined)
    return `It needs ${input}, which VS Code asks for when it starts the server. Write a variable or a secret in its place, and import it again.`;
  const { command, url } = isRecord(withUrl(server)) ? (withUrl(server) as Record<string, unknown>) : {};
  if (command === undefined && url === undefined) return 'It has neither a command nor a url.';
  return null;
}

function remarksOn(name: string, server: unknown): string[] {
  if (!isRecord(server)) return [];
  const { disabled, envFile } = server;
  return [
    ...(disabled === true ? [`${name} is turned off there and stays so ("disabled": true).`] : []),
    ...(typeof envFile === 'string'
      ? [`The variables of ${name} in ${envFile} are not read. Add them to its env.`]
      : []),
  ];
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
