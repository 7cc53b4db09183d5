import type { Application } from '../application/application.ts';
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
    'agents.programs': async () => ({ programs: (await application.agentPrograms()).list() }),
    'agents.connect': async ({ program, basis }) => (await application.agentPrograms()).connect(program, basis),
    'agents.revoke': async ({ client }) => (await application.agents()).revoke(client, author),
  };
}
