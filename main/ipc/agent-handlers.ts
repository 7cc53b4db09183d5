import type { Agents } from '../services/consent/agents.ts';
import type { IpcHandlers } from './envelope.ts';

export interface AgentHandlerServices {
  readonly agents: Agents;
  /** After a change that the file watcher would report only later. */
  changed(): void;
}

const approver = 'window';

type AgentHandlers = Pick<IpcHandlers, Extract<keyof IpcHandlers, `proposals.${string}` | `agents.${string}`>>;

/** What the window does about agents: decide what they ask for, and say what they may do. */
export function agentHandlers(services: AgentHandlerServices): AgentHandlers {
  const { agents } = services;
  const { proposals, clients } = agents;
  const changed = (): void => services.changed();
  return {
    'proposals.get': async ({ proposalId }) => ({ proposal: await proposals.view(proposalId) }),
    'proposals.approve': async ({ proposalId, basis, always }) => {
      try {
        const { proposal } = await proposals.approve(proposalId, approver, { basis });
        if (always) clients.change(proposal.client, { permission: 'allow' }, approver);
        return { proposal };
      } finally {
        // Also where it failed: it does not wait any more.
        changed();
      }
    },
    'proposals.reject': ({ proposalId, note }) => {
      const proposal = proposals.reject(proposalId, approver, note);
      changed();
      return { proposal };
    },
    'agents.list': () => ({ clients: clients.list() }),
    'agents.change': ({ client, change }) => ({ client: clients.change(client, change, approver) }),
    'agents.undo': async ({ client }) => {
      try {
        return await agents.undo(client, approver);
      } finally {
        changed();
      }
    },
    'agents.revoke': ({ client }) => {
      const revoked = agents.revoke(client, approver);
      changed();
      return revoked;
    },
  };
}
