import type { JoinedFleet } from '../../services/uninstall/joined-fleet.ts';
import { Uninstall } from '../../services/uninstall/uninstall.ts';
import type { Application } from '../application.ts';
import type { Core } from '../core.ts';
import type { Outside } from '../outside.ts';

/** Returns the operation that removes what this app put on the machine. */
export async function uninstallOf(
  outside: Outside,
  { sync }: Core,
  application: Pick<Application, 'agentPrograms' | 'fleet' | 'primary' | 'service' | 'shellCommand'>,
): Promise<Uninstall> {
  const [service, shellCommand, agentPrograms, autostart, data, installation] = await Promise.all([
    application.service(),
    application.shellCommand(),
    application.agentPrograms(),
    outside.autostart(),
    outside.dataRemoval(),
    outside.installation(),
  ]);
  return new Uninstall({
    ...{ sync, service, shellCommand, agentPrograms, autostart, data, installation },
    dataDir: outside.dataDir,
    fleet: () => joinedFleet(outside, application),
    isLed: async () => (await application.primary()) !== null,
    closeData: () => outside.ledger.close(),
  });
}

async function joinedFleet(outside: Outside, application: Pick<Application, 'fleet'>): Promise<JoinedFleet | null> {
  const joined = outside.inFleet() ? (await outside.fleetFile()).read() : null;
  if (joined === null) return null;
  const leave = async () => (await (await application.fleet()).leave('cli')).problem;
  return { address: joined.address, member: joined.name, leave };
}
