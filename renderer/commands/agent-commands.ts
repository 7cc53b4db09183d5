import type { AgentClientChange } from '../../main/contract/agents.ts';
import type { AgentProgramName } from '../../main/contract/agent-programs.ts';
import { sentenceOf } from '../bridge/bridge-error.ts';
import type { Call } from '../bridge/client.ts';
import { showToast } from '../stores/toast-store.ts';
import type { Stores } from '../stores/stores.ts';
import { text } from '../text/en.ts';
import { attempt } from './attempt.ts';

/** Commands to decide proposals and to change what agents may do. */
export function createAgentCommands(call: Call, stores: Stores) {
  return { ...reviewCommands(call, stores), ...clientCommands(call, stores), ...programCommands(call, stores) };
}

function reviewCommands(call: Call, { agents, navigation, toasts, schedule }: Stores) {
  const waiting = () => schedule.getState().schedule?.waiting ?? [];
  const close = () => {
    navigation.setState({ proposalId: null });
    agents.setState({ proposal: null, failure: null });
  };
  const read = async (proposalId: string) => {
    try {
      const { proposal } = await call('proposals.get', { proposalId });
      // Another proposal may have been opened meanwhile.
      if (navigation.getState().proposalId === proposalId) agents.setState({ proposal });
    } catch (thrown) {
      agents.setState({ failure: sentenceOf(thrown) });
    }
  };
  const open = (proposalId?: string) => {
    const id = proposalId ?? waiting()[0]?.id;
    if (id === undefined) return close();
    navigation.setState({ proposalId: id, paletteOpen: false });
    agents.setState({ proposal: null, failure: null });
    void read(id);
  };
  /** Shows the decision in a toast and opens the next pending proposal. */
  const decided = (proposalId: string, message: string) => {
    showToast(toasts, { tone: 'info', message });
    const next = waiting().find(({ id }) => id !== proposalId);
    if (next === undefined) close();
    else open(next.id);
  };
  const decide = async (proposalId: string, action: () => Promise<string>) => {
    agents.setState({ deciding: true, failure: null });
    try {
      decided(proposalId, await action());
    } catch (thrown) {
      agents.setState({ failure: sentenceOf(thrown) });
      await read(proposalId);
    } finally {
      agents.setState({ deciding: false });
    }
  };
  return {
    open,
    close,
    /** @param basis identifies the preview that is shown; only exactly that change is approved */
    approve: (proposalId: string, basis: string, always = false) =>
      decide(proposalId, async () => {
        const { proposal } = await call('proposals.approve', { proposalId, basis, always });
        return [text.agents.approved(proposal.title), ...(always ? [text.agents.allowed(proposal.client)] : [])].join(
          ' ',
        );
      }),
    reject: (proposalId: string, note: string) =>
      decide(proposalId, async () => {
        const { proposal } = await call('proposals.reject', { proposalId, ...(note !== '' && { note }) });
        return text.agents.rejected(proposal.title);
      }),
  };
}

function clientCommands(call: Call, { agents, toasts }: Stores) {
  const load = () =>
    attempt(toasts, async () => {
      const { clients } = await call('agents.list', {});
      agents.setState({ clients });
    });
  return {
    loadClients: load,
    changeClient: (client: string, change: AgentClientChange) =>
      attempt(toasts, async () => {
        await call('agents.change', { client, change });
        await load();
      }),
    undoClient: (client: string) =>
      attempt(toasts, async () => {
        const { undone, refused } = await call('agents.undo', { client });
        await load();
        showToast(toasts, { tone: 'info', message: text.agents.undone(undone.length, refused.length) });
      }),
    revokeClient: (client: string) =>
      attempt(toasts, async () => {
        await call('agents.revoke', { client });
        await load();
        showToast(toasts, { tone: 'info', message: text.agents.revoked(client) });
      }),
  };
}

function programCommands(call: Call, { toasts }: Stores) {
  return {
    /** Returns the programs to which this installation can be added. Null if that failed, which a toast shows. */
    programs: async () => (await attempt(toasts, () => call('agents.programs', {})))?.programs ?? null,
    /** Writes the file of a program as the preview showed it. Null if that failed. */
    connect: (program: AgentProgramName, basis: string) =>
      attempt(toasts, async () => {
        const written = await call('agents.connect', { program, basis });
        const message = text.connectAgent.written(text.connectAgent.programs[program], written.backup);
        showToast(toasts, { tone: 'info', message });
        return written.program;
      }),
  };
}
