import type { AgentProgram } from '../contract/agent-programs.ts';
import { SchedulerError } from '../domain/errors.ts';
import type { AgentPrograms } from '../ports/agent-programs.ts';

const server = { command: '/home/ada/.local/bin/ncp-scheduler', args: ['mcp'] };
const json = (value: object) => JSON.stringify(value, null, 2);
const snippet = json({ mcpServers: { schedule: server } });
const absent = { found: false, state: 'absent', problem: null, removal: null } as const;
const emptyFile = (after: string) => ({ before: '', after, basis: 'empty' });
const others = '{\n  "mcpServers": {\n    "files": { "command": "npx", "args": ["files"] }\n  }\n}\n';

/** Nine programs: one can be written, one is connected, one has a file that cannot be read, and six are not here. */
export function memoryAgentPrograms(): AgentPrograms {
  const state = { cursor: 'absent' as AgentProgram['state'] };
  const entry = json({ schedule: server }).split('\n').slice(1, -1).join('\n  ');
  const connected = others.replace('{\n    "files"', `{\n  ${entry},\n    "files"`);
  const cursor = (): AgentProgram => {
    const isConnected = state.cursor === 'connected';
    return {
      ...{ program: 'cursor', found: true, snippet, kind: 'file', path: '/home/ada/.cursor/mcp.json', problem: null },
      state: state.cursor,
      change: isConnected ? null : { before: others, after: connected, basis: 'empty' },
      removal: isConnected ? { before: connected, after: others, basis: 'connected' } : null,
    };
  };
  const list = (): AgentProgram[] => [
    {
      ...{ program: 'claude-desktop', found: true, snippet, kind: 'file', state: 'connected', problem: null },
      path: '/home/ada/.config/Claude/claude_desktop_config.json',
      ...{ change: null, removal: { before: `${snippet}\n`, after: null, basis: 'connected' } },
    },
    {
      ...{ program: 'claude-code', ...absent, kind: 'command', path: '/home/ada/.claude.json' },
      snippet: `claude mcp add --scope user schedule -- ${server.command} mcp`,
      change: emptyFile(snippet),
    },
    cursor(),
    {
      ...{ program: 'vscode', found: true, kind: 'file', state: 'unreadable', change: null, removal: null },
      snippet: json({ servers: { schedule: { type: 'stdio', ...server } } }),
      path: '/home/ada/.config/Code/User/mcp.json',
      problem: 'The file is not valid JSON (line 3), so it is not changed.',
    },
    ...elsewhere(),
  ];
  const find: AgentPrograms['find'] = (program) => list().find((each) => each.program === program) ?? cursor();
  return {
    ...{ list, find },
    disconnect: (program) => {
      if (program === 'cursor') state.cursor = 'absent';
      return { program: find(program), backup: '/home/ada/.cursor/mcp.json.2026-11-25.backup' };
    },
    connect: (program, basis) => {
      if (program !== 'cursor' || basis !== 'empty') {
        throw new SchedulerError('agent/file-changed', 'The file has changed since you looked.', { program });
      }
      state.cursor = 'connected';
      return { program: cursor(), backup: '/home/ada/.cursor/mcp.json.2026-11-25.backup' };
    },
  };
}

/** Programs that were never used here. */
function elsewhere(): AgentProgram[] {
  const toml = `[mcp_servers.schedule]\ncommand = "${server.command}"\nargs = ["mcp"]`;
  const yaml = `extensions:\n  schedule:\n    enabled: true\n    type: stdio\n    cmd: ${server.command}\n    args:\n      - mcp`;
  const opencode = json({ mcp: { schedule: { type: 'local', command: [server.command, 'mcp'], enabled: true } } });
  const file = (program: AgentProgram['program'], path: string, text: string): AgentProgram => ({
    ...{ program, ...absent, kind: 'file', path: `/home/ada/${path}`, snippet: text, change: emptyFile(text) },
  });
  return [
    file('windsurf', '.codeium/windsurf/mcp_config.json', snippet),
    {
      ...file('codex', '.codex/config.toml', toml),
      ...{ kind: 'command', snippet: `codex mcp add schedule -- ${server.command} mcp` },
    },
    file('gemini', '.gemini/settings.json', snippet),
    file('goose', '.config/goose/config.yaml', yaml),
    file('opencode', '.config/opencode/opencode.json', opencode),
  ];
}
