import type { AgentName } from '../../contract/built-in/agent-run.ts';
import type { AgentCommand } from './agent-command.ts';
import { claudeCode } from './claude-code.ts';
import { codex } from './codex.ts';
import { anyCommand } from './command.ts';
import { gemini } from './gemini.ts';
import { goose } from './goose.ts';
import { opencode } from './opencode.ts';

/** The agents that `agent:run` can start. A new agent is a file beside this one, listed here and in the tool's schema. */
export const agents: Readonly<Record<AgentName, AgentCommand>> = {
  'claude-code': claudeCode,
  codex,
  gemini,
  goose,
  opencode,
  command: anyCommand,
};
