import { machineHostSchema, type Machine, type Machines } from '../../contract/machines.ts';
import { SchedulerError } from '../../domain/errors.ts';

/**
 * Returns the machine of this name: one of the settings, else what ssh knows by that name.
 * @param field what the person typed the name for
 * @throws SchedulerError `usage/invalid-machine`
 */
export function machineNamed(field: string, name: string, machines: Machines): Machine {
  const known = Object.hasOwn(machines, name) ? machines[name] : undefined;
  if (known !== undefined) return known;
  const host = machineHostSchema.safeParse(name);
  if (host.success && name !== '') return { host: name };
  const problem = host.success ? 'It is empty' : (host.error.issues[0]?.message ?? 'It is not valid');
  const message = `${field}: ${JSON.stringify(name.slice(0, 100))} is no machine. ${problem}. Expected a name from \`machines list\`, user@host or a name from ~/.ssh/config.`;
  throw new SchedulerError('usage/invalid-machine', message, { name });
}

/** Returns a machine as `machines list` answers it. */
export const listedMachine = (name: string, { host, program, dataDir, colour, notify }: Machine) => ({
  ...{ name, host, program: program ?? null, dataDir: dataDir ?? null, colour: colour ?? null },
  notify: notify ?? false,
});
