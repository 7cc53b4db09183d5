import type { Application } from '../application/application.ts';
import type { AgentProgram, ShownAgentProgram } from '../contract/agent-programs.ts';
import { fileDifference } from '../domain/file-change/file-difference.ts';
import type { HandlersOf } from './handlers.ts';
import type { Host } from './host.ts';

/** Handles a person's decisions about agents. */
export function agentHandlers(application: Application, { author }: Pick<Host, 'author'>): HandlersOf<'agents'> {
  return {
    'agents.list': async () => ({ clients: (await application.agents()).clients.list() }),
    'agents.change': async ({ client, change }) => ({
      client: (await application.agents()).clients.change(client, change, author),
    }),
    'agents.undo': async ({ client }) => (await application.agents()).undo(client, author),
    'agents.programs': async () => ({ programs: (await application.agentPrograms()).list().map(shown) }),
    'agents.connect': async ({ program, basis }) => {
      const written = (await application.agentPrograms()).connect(program, basis);
      return { ...written, program: shown(written.program) };
    },
    'agents.revoke': async ({ client }) => (await application.agents()).revoke(client, author),
  };
}

function shown({ removal: _removal, change, ...program }: AgentProgram): ShownAgentProgram {
  if (change === null) return { ...program, change };
  const { before, after, basis } = change;
  return { ...program, change: { lines: fileDifference(before, after ?? ''), isNew: before === '', basis } };
}
