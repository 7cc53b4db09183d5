import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ServerFile } from '../../ports/import-files.ts';

export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly homeDir: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * The files in which Claude Desktop and ncp keep their MCP servers, those that are there and can be read: Claude
 * Desktop's first, then ncp's profiles by name, without `all`, whose servers are known here anyway.
 *
 * @see https://modelcontextprotocol.io/docs/develop/connect-local-servers for Claude Desktop's file; it is not offered
 * for Linux, where the builds that exist follow the XDG folders.
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
  return join(env['XDG_CONFIG_HOME'] ?? join(homeDir, '.config'), 'Claude', name);
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    // Not there, or not ours to read: there is nothing to offer.
    return [];
  }
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
