import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { baseFolder } from '../files/base-folder.ts';
import { readFile } from '../files/read-file.ts';
import type { ServerFile } from '../../ports/import-files.ts';

export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly homeDir: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Returns the existing, readable files in which Claude Desktop and ncp store their MCP servers: Claude Desktop's first,
 * then ncp's profiles by name without `all`, whose servers this app reads anyway.
 *
 * @see https://modelcontextprotocol.io/docs/develop/connect-local-servers for Claude Desktop's file. There is no
 * official build for Linux; the existing ones follow the XDG folders.
 */
export function serverFiles(machine: Machine): ServerFile[] {
  const profiles = join(machine.homeDir, '.ncp', 'profiles');
  const names = namesIn(profiles).filter((name) => name.endsWith('.json') && name !== 'all.json');
  return [claudeDesktop(machine), ...names.sort().map((name) => join(profiles, name))].flatMap((path) => {
    const text = textOf(path);
    return text === null ? [] : [{ path, text }];
  });
}

function claudeDesktop({ platform, homeDir, env }: Machine): string {
  const name = 'claude_desktop_config.json';
  if (platform === 'darwin') return join(homeDir, 'Library', 'Application Support', 'Claude', name);
  if (platform === 'win32') return join(env['APPDATA'] ?? join(homeDir, 'AppData', 'Roaming'), 'Claude', name);
  return join(baseFolder(env['XDG_CONFIG_HOME'], join(homeDir, '.config')), 'Claude', name);
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    // A missing or unreadable file offers nothing to import.
    return [];
  }
}

function textOf(path: string): string | null {
  try {
    return readFile(path).toString('utf8');
  } catch {
    return null;
  }
}
