import { posix, win32 } from 'node:path';
import { baseFolder } from '../files/base-folder.ts';
import type { AgentProgramName } from '../../contract/agent-programs.ts';
import { jsonServers } from './json-servers.ts';
import type { ServerFormat } from './server-format.ts';
import { tomlServers } from './toml-servers.ts';
import { yamlServers } from './yaml-servers.ts';

export interface Person {
  readonly platform: NodeJS.Platform;
  readonly homeDir: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

type Fields = Readonly<Record<string, unknown>>;

/** How one program keeps its MCP servers. */
export interface ProgramFile {
  readonly path: string;
  /** Exists only if the program was used here. */
  readonly sign: string;
  readonly format: ServerFormat;
  /** The field that holds the servers. */
  readonly key: string;
  /** What starts this installation. Another entry of our name with these fields is the same server. */
  readonly entry: Fields;
  /** What a new entry has besides. */
  readonly more: Fields;
}

/**
 * Returns where a program keeps its MCP servers, as of November 2026: https://modelcontextprotocol.io/quickstart/user,
 * https://code.claude.com/docs/en/mcp, https://docs.cursor.com/context/mcp,
 * https://code.visualstudio.com/docs/copilot/chat/mcp-servers, https://docs.windsurf.com/windsurf/cascade/mcp,
 * https://github.com/openai/codex/blob/main/docs/config.md,
 * https://github.com/google-gemini/gemini-cli/blob/main/docs/tools/mcp-server.md,
 * https://block.github.io/goose/docs/guides/config-files and https://opencode.ai/docs/mcp-servers.
 */
export function programFile(program: AgentProgramName, person: Person, words: readonly string[]): ProgramFile {
  const [command = '', ...args] = words;
  const { homeDir, env } = person;
  const path = person.platform === 'win32' ? win32 : posix;
  const json = { format: jsonServers, key: 'mcpServers', entry: { command, args }, more: {} };
  const at = (...parts: string[]) => {
    const file = path.join(...parts);
    return { path: file, sign: path.dirname(file) };
  };
  switch (program) {
    case 'claude-desktop':
      return { ...json, ...at(settingsFolder(person), 'Claude', 'claude_desktop_config.json') };
    case 'claude-code': {
      const own = env['CLAUDE_CONFIG_DIR'];
      const sign = baseFolder(own, path.join(homeDir, '.claude'));
      const file = path.join(baseFolder(own, homeDir), '.claude.json');
      return { ...json, path: file, sign, more: { type: 'stdio', env: {} } };
    }
    case 'cursor':
      return { ...json, ...at(homeDir, '.cursor', 'mcp.json') };
    case 'vscode':
      return { ...json, ...at(settingsFolder(person), 'Code', 'User', 'mcp.json'), key: 'servers', more: stdio };
    case 'windsurf':
      return { ...json, ...at(homeDir, '.codeium', 'windsurf', 'mcp_config.json') };
    case 'codex': {
      const folder = baseFolder(env['CODEX_HOME'], path.join(homeDir, '.codex'));
      return { ...json, ...at(folder, 'config.toml'), format: tomlServers, key: 'mcp_servers' };
    }
    case 'gemini':
      return { ...json, ...at(homeDir, '.gemini', 'settings.json') };
    case 'goose': {
      const more = { enabled: true, type: 'stdio', name: 'schedule', timeout: 300 };
      const place = at(gooseFolder(person), 'config.yaml');
      return { ...place, format: yamlServers, key: 'extensions', entry: { cmd: command, args }, more };
    }
    case 'opencode': {
      const place = at(baseFolder(env['XDG_CONFIG_HOME'], path.join(homeDir, '.config')), 'opencode', 'opencode.json');
      return { ...json, ...place, key: 'mcp', entry: { command: words }, more: { type: 'local', enabled: true } };
    }
  }
}

const stdio = { type: 'stdio' };

function settingsFolder({ platform, homeDir, env }: Person): string {
  if (platform === 'darwin') return posix.join(homeDir, 'Library', 'Application Support');
  if (platform === 'win32') return baseFolder(env['APPDATA'], win32.join(homeDir, 'AppData', 'Roaming'));
  return baseFolder(env['XDG_CONFIG_HOME'], posix.join(homeDir, '.config'));
}

/** As the library `etcetera` chooses it: the XDG folders on every Unix. */
function gooseFolder({ platform, homeDir, env }: Person): string {
  if (platform !== 'win32')
    return posix.join(baseFolder(env['XDG_CONFIG_HOME'], posix.join(homeDir, '.config')), 'goose');
  return win32.join(baseFolder(env['APPDATA'], win32.join(homeDir, 'AppData', 'Roaming')), 'Block', 'goose', 'config');
}
