import type { AgentProgram } from '../contract/agent-programs.ts';
import { SchedulerError } from '../domain/errors.ts';
import type { AgentPrograms } from '../ports/agent-programs.ts';

const server = { command: '/home/ada/.local/bin/ncp-scheduler', args: ['mcp'] };
const json = (value: object) => JSON.stringify(value, null, 2);
const snippet = json({ mcpServers: { schedule: server } });
const fileless = { kind: 'command', path: null, state: 'unknown', problem: null, change: null } as const;
const others = '{\n  "mcpServers": {\n    "files": { "command": "npx", "args": ["files"] }\n  }\n}\n';

/** Six programs: one can be written, one is connected, one has a file that cannot be read. */
export function memoryAgentPrograms(): AgentPrograms {
  const state = { cursor: 'absent' as AgentProgram['state'] };
  const cursor = (): AgentProgram => ({
    ...{ program: 'cursor', snippet, kind: 'file', path: '/home/ada/.cursor/mcp.json', problem: null },
    state: state.cursor,
    change:
      state.cursor === 'connected'
        ? null
        : {
            before: others,
            after: json({ mcpServers: { files: { command: 'npx', args: ['files'] }, schedule: server } }),
            basis: 'empty',
          },
  });
  const list = (): AgentProgram[] => [
    {
      ...{ program: 'claude-desktop', snippet, kind: 'file', state: 'connected', problem: null, change: null },
      path: '/home/ada/.config/Claude/claude_desktop_config.json',
    },
    { program: 'claude-code', snippet: `claude mcp add --scope user schedule -- ${server.command} mcp`, ...fileless },
    cursor(),
    {
      ...{ program: 'vs-code', kind: 'file', state: 'unreadable', change: null },
      snippet: json({ servers: { schedule: { type: 'stdio', ...server } } }),
      path: '/home/ada/.config/Code/User/mcp.json',
      problem: 'The file is not valid JSON (line 3), so it is not changed.',
    },
    { program: 'codex', snippet: `codex mcp add schedule -- ${server.command} mcp`, ...fileless },
    {
      ...{ program: 'gemini-cli', snippet, kind: 'file', state: 'absent', problem: null },
      path: '/home/ada/.gemini/settings.json',
      change: { before: '', after: snippet, basis: 'empty' },
    },
  ];
  return {
    list,
    disconnect: () => undefined,
    connect: (program, basis) => {
      if (program !== 'cursor' || basis !== 'empty') {
        throw new SchedulerError('agent/file-changed', 'The file has changed since you looked.', { program });
      }
      state.cursor = 'connected';
      return { program: cursor(), backup: '/home/ada/.cursor/mcp.json.2026-11-25.backup' };
    },
  };
}
