import type { Envelope } from '../../main/contract/errors.ts';
import type { Bridge, IpcCall, IpcEvent, IpcEventPayload, IpcInput, IpcOutput } from '../../main/contract/ipc.ts';
import type { MachineStatus } from '../../main/contract/machines.ts';

/** Calls about this desktop's machines and windows; they mean the same whichever machine is shown. */
const isOfThisDesktop = (name: IpcCall): boolean => name.startsWith('machines.') || name === 'app.closeQuickAdd';

/**
 * Returns the bridge to another machine: its calls and events pass through the main process, which holds the connection. Like
 * every bridge that can lose its connection, it sends `connection`.
 * @param linkNow returns the state of that connection; null if it is not known yet
 */
export function machineBridge(local: Bridge, machine: string, linkNow: () => Link | null): Bridge {
  return {
    call: async <C extends IpcCall>(name: C, input: IpcInput<C>): Promise<Envelope<IpcOutput<C>>> => {
      if (isOfThisDesktop(name)) return local.call(name, input);
      const envelope = await local.call('machines.call', { machine, call: name, input });
      // The main process checked the contract of that machine when it connected: it has the same schemas.
      return envelope.ok ? { ok: true, value: envelope.value as IpcOutput<C> } : envelope;
    },
    on: <E extends IpcEvent>(name: E, listener: (payload: IpcEventPayload<E>) => void): (() => void) => {
      if (name === 'connection') return onConnection(local, machine, linkNow(), listener as Listener<'connection'>);
      return local.on('machines.event', (sent) => {
        if (sent.machine === machine && sent.event === name) listener(sent.payload as IpcEventPayload<E>);
      });
    },
  };
}

type Link = MachineStatus['link'];
type Listener<E extends IpcEvent> = (payload: IpcEventPayload<E>) => void;

function onConnection(
  local: Bridge,
  machine: string,
  first: Link | null,
  listener: Listener<'connection'>,
): () => void {
  let was = first;
  return local.on('machines.changed', ({ machines }) => {
    const link = machines.find(({ name }) => name === machine)?.link ?? 'unreachable';
    if (link === was) return;
    if (link === 'connected') listener({ lost: false });
    else if (was === 'connected') listener({ lost: true });
    was = link;
  });
}
