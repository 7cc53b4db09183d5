import { hostAliases } from '../../adapters/ssh/host-aliases.ts';
import { openBridge } from '../../adapters/ssh/bridge-connection.ts';
import { runCommand } from '../../adapters/ssh/run-command.ts';
import type { MachineSide } from '../../cli/environment.ts';
import { contractHash } from '../../ipc/lines/contract-hash.ts';

/** Returns the person's SSH. @param version of this program */
export function machineSide(version: string): MachineSide {
  return {
    run: runCommand,
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
  };
}
