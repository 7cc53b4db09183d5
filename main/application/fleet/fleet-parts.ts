import type { MemberStatus } from '../../ports/fleet/fleet-members.ts';
import type { Store } from '../../ports/store.ts';
import { FleetBeat } from '../../services/fleet/members/fleet-beat.ts';
import { FleetClaims } from '../../services/fleet/slots/fleet-claims.ts';
import { FleetConnection } from '../../services/fleet/fleet-connection.ts';
import { FleetSlots } from '../../services/fleet/slots/fleet-slots.ts';
import { AcceptedKeys } from '../../services/fleet/members/accepted-keys.ts';
import { Membership } from '../../services/fleet/members/membership.ts';
import { Mirror } from '../../services/fleet/definitions/mirror.ts';
import { Publisher } from '../../services/fleet/definitions/publisher.ts';
import { MemberLogs } from '../../services/fleet/runs/member-logs.ts';
import { RunReports } from '../../services/fleet/runs/run-reports.ts';
import type { RunLogs } from '../../services/runs/run-logs.ts';
import { Sharing } from '../../services/fleet/definitions/sharing.ts';
import type { ScheduleSync } from '../../services/os-entries/schedule-sync.ts';
import type { ComingRuns } from '../../services/schedule/coming-runs.ts';
import type { SlotPlanner } from '../../services/schedule/slot-planner.ts';
import type { Secrets } from '../../services/secrets/secret-vault.ts';
import type { Outside } from '../outside.ts';

/** The services of the product that the fleet needs. */
export interface FleetCore {
  readonly planner: SlotPlanner;
  readonly sync: ScheduleSync;
  readonly coming: ComingRuns;
  readonly secrets: () => Promise<Secrets>;
  readonly logs: () => Promise<Pick<RunLogs, 'read'>>;
}

/** Everything that talks to the fleet. */
export interface FleetParts {
  readonly connection: FleetConnection;
  readonly publisher: Publisher;
  readonly mirror: Mirror;
  readonly claims: FleetClaims;
  readonly slots: FleetSlots;
  readonly beat: FleetBeat;
  readonly membership: Membership;
  readonly acceptedKeys: AcceptedKeys;
  readonly sharing: Sharing;
  readonly reports: RunReports;
  readonly logs: MemberLogs;
  readonly script: () => string;
  close(): Promise<void>;
}

/** @param store not guarded: what the fleet writes there, it has accepted */
export async function openFleetParts(outside: Outside, store: Store, core: FleetCore): Promise<FleetParts> {
  const { clock, ledger, logger, newId, timezone, machine } = outside;
  const { planner, sync } = core;
  const [file, access, keys, cipher] = await Promise.all([
    outside.fleetFile(),
    outside.fleetAccess(),
    outside.memberKeys(),
    outside.cipher(),
  ]);
  const connection = new FleetConnection({ file, access, cipher, clock });
  const publisher = new Publisher({ connection, keys, file });
  const mirror = new Mirror({
    ...{ connection, file, keys, store, ledger, planner, sync, clock, logger, newId },
    machineTimezone: timezone,
  });
  const claims = new FleetClaims({ connection, file, clock, logger });
  const equipment = equipmentOf(outside, core);
  const status = statusOf(outside, store, core);
  const reports = new RunReports({ connection, ledger, store, clock });
  const logs = new MemberLogs({
    ...{ connection, keys, ledger, store, clock, newId },
    read: async (...piece) => (await core.logs()).read(...piece),
  });
  const beat = new FleetBeat({ connection, file, mirror, claims, reports, logs, status, clock, logger });
  const membership = new Membership({
    ...{ connection, access, file, keys, cipher, mirror, store, ledger, clock, newId, status },
    version: machine.version,
  });
  return {
    ...{ connection, publisher, mirror, claims, beat, membership, reports, logs },
    acceptedKeys: new AcceptedKeys({
      ...{ connection, file, keys, clock, mirror, ledger },
      find: (idOrName) => membership.find(idOrName),
    }),
    slots: new FleetSlots({ file, claims, planner, equipment, logger }),
    sharing: new Sharing({ connection, store, publisher, mirror, ledger, clock }),
    script: () => access.initScript(),
    close: async () => {
      beat.stop();
      claims.stop();
      await connection.close();
    },
  };
}

/** Returns what this machine has that tasks of the fleet ask for. */
function equipmentOf({ settings }: Outside, { secrets }: FleetCore) {
  return async () => ({
    servers: Object.keys(settings.mcpServers()).sort(),
    secrets: (await secrets()).list().secrets.map(({ name }) => name),
  });
}

/** Returns what this member says of itself with each sign of life. */
function statusOf(outside: Outside, store: Store, core: FleetCore): (clockOffsetMs: number) => Promise<MemberStatus> {
  const { ledger, settings, clock, machine } = outside;
  const equipment = equipmentOf(outside, core);
  return async (clockOffsetMs) => {
    const shared = Object.values(store.read().tasks).filter(
      (task) => task.shared !== undefined && task.status === 'active',
    );
    const next = Math.min(...shared.flatMap((task) => core.coming.ofTask(task, clock.now(), 1)));
    return {
      ...(await equipment()),
      running: ledger.running().length,
      limit: settings.read().concurrencyLimit ?? 2 * machine.parallelism,
      nextRunAt: Number.isFinite(next) ? new Date(next).toISOString() : null,
      clockOffsetMs,
    };
  };
}
