import { runCommand } from '../../adapters/ssh/run-command.ts';
import type { MachineSide } from '../../cli/environment.ts';
import { machineAccess } from './machine-access.ts';

/** Returns the person's SSH. @param version of this program */
export function machineSide(version: string): MachineSide {
  const access = machineAccess(version);
  return { run: runCommand, aliases: () => access.aliases(), test: (machine) => access.test(machine) };
}
