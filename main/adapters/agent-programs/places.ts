import { posix, win32 } from 'node:path';
import type { AgentProgramName } from '../../contract/agent-programs.ts';

export interface Person {
  readonly platform: NodeJS.Platform;
  readonly homeDir: string;
  /** `%APPDATA%`, where Windows programs keep their files. */
  readonly appData: string | undefined;
  /** `$XDG_CONFIG_HOME`. */
  readonly configHome: string | undefined;
}

/** Where a program keeps its MCP servers, and under which key. */
export interface Place {
  readonly path: string;
  readonly key: 'mcpServers' | 'servers';
}

/**
 * Returns the file of a program that is JSON; null for one that has a command of its own instead. Places as of November
 * 2026: https://modelcontextprotocol.io/quickstart/user, https://docs.cursor.com/context/mcp,
 * https://code.visualstudio.com/docs/copilot/chat/mcp-servers and
 * https://github.com/google-gemini/gemini-cli/blob/main/docs/tools/mcp-server.md.
 */
export function placeOf(program: AgentProgramName, person: Person): Place | null {
  const path = person.platform === 'win32' ? win32 : posix;
  const settings = settingsFolder(person);
  switch (program) {
    case 'claude-desktop':
      return { path: path.join(settings, 'Claude', 'claude_desktop_config.json'), key: 'mcpServers' };
    case 'cursor':
      return { path: path.join(person.homeDir, '.cursor', 'mcp.json'), key: 'mcpServers' };
    case 'vs-code':
      return { path: path.join(settings, 'Code', 'User', 'mcp.json'), key: 'servers' };
    case 'gemini-cli':
      return { path: path.join(person.homeDir, '.gemini', 'settings.json'), key: 'mcpServers' };
    case 'claude-code':
    case 'codex':
      return null;
  }
}

function settingsFolder({ platform, homeDir, appData, configHome }: Person): string {
  if (platform === 'darwin') return posix.join(homeDir, 'Library', 'Application Support');
  if (platform === 'win32') return appData ?? win32.join(homeDir, 'AppData', 'Roaming');
  return configHome ?? posix.join(homeDir, '.config');
}
