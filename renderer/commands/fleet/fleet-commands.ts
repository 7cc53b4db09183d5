import type { FleetMemberView, RunsOn } from '../../../main/contract/fleet.ts';
import type { IpcInput } from '../../../main/contract/ipc.ts';
import { sentenceOf } from '../../bridge/bridge-error.ts';
import type { Call } from '../../bridge/client.ts';
import { showToast, type ToastStore } from '../../stores/toast-store.ts';
import type { Stores } from '../../stores/stores.ts';
import { text } from '../../text/en.ts';
import { attempt } from '../attempt.ts';

const words = text.fleet;

type FleetStores = Pick<Stores, 'fleet' | 'toasts'>;

/** Joins and leaves a fleet, decides about its members, and shares tasks. */
export function createFleetCommands(call: Call, { fleet, toasts }: FleetStores) {
  const load = async () => {
    try {
      fleet.setState({ answer: await call('fleet.state', {}), failure: null });
    } catch (thrown) {
      fleet.setState({ failure: sentenceOf(thrown) });
    }
  };
  return {
    load,
    ...membershipCommands(call, toasts, load),
    ...memberCommands(call, toasts, load),
    /** Returns the runs of all members, or why they cannot be read. */
    runs: (filter: IpcInput<'fleet.runs'>) => failing(() => call('fleet.runs', filter)),
    /** Returns a piece of the log of a run on any member, or why it cannot be read. */
    readLog: (executionId: string, offset: number) => failing(() => call('fleet.readLog', { executionId, offset })),
    /** Shares a task, or changes where it runs. Says if no member can run it now. @throws BridgeError */
    share: async (taskId: string, runsOn: RunsOn) => {
      const { warning } = await call('fleet.share', { taskId, runsOn });
      if (warning !== null) showToast(toasts, { tone: 'error', message: warning });
    },
    /** Makes a shared task a local task of this machine. @throws BridgeError */
    unshare: async (taskId: string) => void (await call('fleet.unshare', { taskId })),
  };
}

/** What is read again and again shows its failure in its place, not as one toast after another. */
async function failing<T>(read: () => Promise<T>): Promise<T | { failure: string }> {
  try {
    return await read();
  } catch (thrown) {
    return { failure: sentenceOf(thrown) };
  }
}

/** Returns a function that does something, says so, and shows the fleet as it is then; null if it was refused. */
function acting(toasts: ToastStore, load: () => Promise<void>) {
  return <T>(action: () => Promise<T>, said: (answer: T) => string) =>
    attempt(toasts, async () => {
      const answer = await action();
      tell(toasts, said(answer));
      await load();
      return answer;
    });
}

const tell = (toasts: ToastStore, message: string) => showToast(toasts, { tone: 'info', message });

function tellKept(toasts: ToastStore, kept: readonly string[] = []): void {
  if (kept.length > 0) tell(toasts, words.keptCopies(kept));
}

function membershipCommands(call: Call, toasts: ToastStore, load: () => Promise<void>) {
  const act = acting(toasts, load);
  return {
    init: (url: string) =>
      act(
        () => call('fleet.init', { url }),
        ({ address }) => words.prepared(address),
      ),
    /** Returns the members of the fleet at an address; null if it cannot be joined, which a toast shows. */
    look: (url: string) => attempt(toasts, async () => (await call('fleet.look', { url })).members),
    join: async (options: IpcInput<'fleet.join'>) => {
      const joined = await act(
        () => call('fleet.join', options),
        (answer) => words.joined(answer.fleet.name),
      );
      tellKept(toasts, joined?.kept);
    },
    leave: async () => {
      const left = await act(
        () => call('fleet.leave', {}),
        ({ tasks }) => words.left(tasks),
      );
      if (left !== null && left.problem !== null) tell(toasts, words.leftUntold(left.problem));
    },
  };
}

/** What a person decides about another member. */
function memberCommands(call: Call, toasts: ToastStore, load: () => Promise<void>) {
  const act = acting(toasts, load);
  return {
    accept: async ({ id, name, fingerprint }: FleetMemberView) => {
      const accepted = await act(
        () => call('fleet.accept', { memberId: id, fingerprint }),
        () => words.accepted(name),
      );
      tellKept(toasts, accepted?.kept);
    },
    withdraw: ({ id, name }: FleetMemberView) =>
      act(
        () => call('fleet.withdraw', { memberId: id }),
        () => words.withdrawn(name),
      ),
    drain: ({ id, name }: FleetMemberView, draining: boolean) =>
      act(
        () => call('fleet.drain', { memberId: id, draining }),
        ({ member }) => (draining ? words.drained(name, member.running) : words.undrained(name)),
      ),
    remove: ({ id, name }: FleetMemberView) =>
      act(
        () => call('fleet.remove', { memberId: id }),
        () => words.removed(name),
      ),
  };
}
