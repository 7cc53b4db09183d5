import type { FleetMemberView } from '../../contract/fleet.ts';
import type { ClaimCounts } from '../../ports/fleet/slot-claims.ts';
import type { MetricFamily } from './exposition.ts';
import { gauge, labelled, plain } from './samples.ts';

/** What the metrics say about the fleet. */
export interface FleetFacts {
  readonly members: readonly Pick<FleetMemberView, 'alive' | 'draining'>[];
  readonly claims: ClaimCounts;
}

/** Asks the fleet's database. */
export interface FleetSource {
  /** True if this machine has joined a fleet. */
  inFleet(): boolean;
  /**
   * `away` if the database does not answer soon. Null if this process cannot ask it, for example because it cannot
   * decrypt the address: that says nothing about the database.
   */
  facts(): Promise<FleetFacts | 'away' | null>;
}

/** Returns the metrics of the whole fleet, the same on every member; none on a machine that is in no fleet. */
export async function fleetFamilies(source: FleetSource): Promise<MetricFamily[]> {
  if (!source.inFleet()) return [];
  const facts = await source.facts();
  if (facts === null) return [];
  const up = gauge('ncp_fleet_up', "1 if the fleet's database answers.", [plain(facts === 'away' ? 0 : 1)]);
  return facts === 'away' ? [up] : [up, ...familiesOf(facts)];
}

function familiesOf({ members, claims }: FleetFacts): MetricFamily[] {
  const states = { alive: 0, draining: 0, lost: 0 };
  for (const { alive, draining } of members) states[alive ? (draining ? 'draining' : 'alive') : 'lost'] += 1;
  const quiet = claims.longestQuietMs === null ? [] : [plain(claims.longestQuietMs / 1000)];
  return [
    gauge(
      'ncp_fleet_members',
      'Members by state; lost: without a sign of life for two minutes.',
      labelled('state', states),
    ),
    gauge('ncp_fleet_runs_running', 'Runs of shared tasks that have not ended, on all members.', [
      plain(claims.running),
    ]),
    gauge(
      'ncp_fleet_longest_quiet_seconds',
      'Time since the last sign of life of the run that has been quiet the longest.',
      quiet,
    ),
    gauge(
      'ncp_fleet_slots_last_hour',
      'Attempts at slots of the last hour that a member claimed, by state.',
      labelled('state', claims.lastHour),
    ),
  ];
}
