import type { ReportedRun } from '../../contract/fleet-runs.ts';
import type { LogListener } from '../../ports/fleet/fleet-database.ts';
import type { LogAnswer, LogRequest } from '../../ports/fleet/fleet-runs.ts';
import type { Clock } from '../../ports/clock.ts';
import type { FleetMember } from '../../ports/fleet/fleet-members.ts';
import type { StoredDefinition } from '../../ports/fleet/shared-tasks.ts';
import type { ClaimKey, SlotClaim } from '../../ports/fleet/slot-claims.ts';

/** The tables of a fleet in memory. */
export interface FleetTables {
  /** By id, also of those that left. */
  readonly members: Map<string, FleetMember & { readonly left: boolean }>;
  /** By task, oldest revision first. */
  readonly definitions: Map<string, StoredDefinition[]>;
  readonly claims: Map<string, Omit<SlotClaim, 'memberName'>>;
  /** The latest slot of each task that was folded. */
  readonly marks: Map<string, string>;
  /** What members reported of their runs, by execution. */
  readonly runs: Map<string, { readonly memberId: string; readonly run: ReportedRun }>;
  readonly requests: Map<string, LogRequest & { readonly askedAt: number; answer: LogAnswer | null }>;
  readonly askers: Set<LogListener>;
  readonly watchers: Set<() => void>;
  /** Number of the last change. */
  change: number;
  /** Calls the watchers, after the current call. */
  changed(): void;
}

export function emptyTables(): FleetTables {
  const watchers = new Set<() => void>();
  return {
    ...{ runs: new Map(), requests: new Map(), askers: new Set<LogListener>() },
    ...{ members: new Map(), definitions: new Map(), claims: new Map(), marks: new Map(), watchers, change: 0 },
    changed: () => queueMicrotask(() => watchers.forEach((listener) => listener())),
  };
}

export const claimId = ({ taskId, slot, attempt }: ClaimKey): string => `${taskId} ${slot} ${attempt}`;

/** The connection of all members to the databases. A test can break it. */
export interface DatabaseLine {
  /** @throws SchedulerError `fleet/away`. */
  call<T>(work: () => T): Promise<T>;
}

/** What a database in memory consists of. */
export interface DatabaseWorld {
  readonly tables: FleetTables;
  readonly clock: Clock;
  readonly line: DatabaseLine;
}
