import { openBridge } from '../../adapters/ssh/bridge-connection.ts';
import { hostAliases } from '../../adapters/ssh/host-aliases.ts';
import { LastingLink } from '../../adapters/ssh/lasting-link.ts';
import { systemClock } from '../../adapters/system/system-clock.ts';
import { contractHash } from '../../ipc/lines/contract-hash.ts';
import type { MachineAccess } from '../../ports/machine-link.ts';

/** Returns the person's SSH as a way to other machines. @param version of this program */
export function machineAccess(version: string): MachineAccess {
  return {
    aliases: () => hostAliases(),
    test: async (machine) => {
      const startedMs = performance.now();
      const ignore = (): void => undefined;
      const bridge = await openBridge({ machine, version, onEvent: ignore, onLost: ignore });
      const tookMs = Math.round(performance.now() - startedMs);
      bridge.close();
      const { contract, version: theirs, machine: facts } = bridge.greeting;
      return { version: theirs, sameContract: contract === contractHash(), machine: facts, tookMs };
    },
    link: (machine, listener) =>
      new LastingLink({
        ...{ host: machine.host, version, contract: contractHash(), clock: systemClock },
        onState: (state) => listener.onState(state),
        open: (onLost) =>
          openBridge({ machine, version, onLost, onEvent: (name, payload) => listener.onEvent(name, payload) }),
      }),
  };
}
