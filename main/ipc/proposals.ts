import type { Application } from '../application/application.ts';
import type { HandlersOf } from './handlers.ts';
import type { Host } from './host.ts';

/** Handles a person's decisions about proposals. */
export function proposalHandlers(application: Application, { author }: Pick<Host, 'author'>): HandlersOf<'proposals'> {
  return {
    'proposals.get': async ({ proposalId }) => ({
      proposal: await (await application.agents()).proposals.view(proposalId),
    }),
    'proposals.approve': async ({ proposalId, basis, always }) => {
      const { proposals, clients } = await application.agents();
      const { proposal } = await proposals.approve(proposalId, author, { basis });
      if (always) clients.change(proposal.client, { permission: 'allow' }, author);
      return { proposal };
    },
    'proposals.reject': async ({ proposalId, note }) => ({
      proposal: (await application.agents()).proposals.reject(proposalId, author, note),
    }),
  };
}
