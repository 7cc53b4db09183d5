import type { FleetMemberView } from '../../../contract/fleet.ts';
import type { JoinedFleet } from '../../../ports/fleet/fleet-file.ts';
import type { FleetMember } from '../../../ports/fleet/fleet-members.ts';
import { acceptedKeyOf, isWithdrawnKey } from '../definitions/signed-definition.ts';

const aliveMs = 120_000;

interface Beholder {
  /** What this machine knows of the fleet; null before it has joined. */
  readonly fleet: JoinedFleet | null;
  /** The database's clock, as the signs of life. */
  readonly nowMs: number;
  /** Of the member's key. */
  readonly fingerprint: string;
}

/** Returns a member as this machine shows it. */
export function memberView(member: FleetMember, { fleet, nowMs, fingerprint }: Beholder): FleetMemberView {
  const { id, name, tags, version, seenAt, status, draining } = member;
  const { running, limit, nextRunAt, clockOffsetMs, servers, secrets } = status;
  return {
    ...{ id, name, tags: [...tags], fingerprint, version, seenAt },
    ...{ running, limit, nextRunAt, clockOffsetMs, draining, servers: [...servers], secrets: [...secrets] },
    key: keyState(member, fleet),
    alive: nowMs - Date.parse(seenAt) < aliveMs,
  };
}

function keyState({ id, publicKey }: FleetMember, fleet: JoinedFleet | null): FleetMemberView['key'] {
  if (fleet === null) return 'waiting';
  if (fleet.memberId === id) return 'own';
  if (isWithdrawnKey(fleet, publicKey)) return 'withdrawn';
  const accepted = acceptedKeyOf(fleet, { id, publicKey });
  if (accepted === undefined) return 'waiting';
  return accepted.key === publicKey ? 'accepted' : 'changed';
}
