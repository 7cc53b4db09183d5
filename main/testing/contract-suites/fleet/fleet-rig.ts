import type { FleetDatabase } from '../../../ports/fleet/fleet-database.ts';
import type { NewMember } from '../../../ports/fleet/fleet-members.ts';

/** A fleet without members and tasks, for one test. */
export interface FleetRig {
  /** Connects to the database once more, as another member does. */
  open(): Promise<FleetDatabase>;
  /** Makes every instant that the database has recorded `ms` older. */
  pass(ms: number): Promise<void>;
}

export const idle = {
  ...{ running: 0, limit: null, servers: [], secrets: [], nextRunAt: null, clockOffsetMs: 0 },
} as const;

/** Returns a member with an id made from its name: one letter, such as `a`. */
export const aMember = (name: string, change: Partial<NewMember> = {}): NewMember => ({
  id: memberId(name),
  ...{ name, tags: ['gpu'], publicKey: `key of ${name}`, version: '1.2.3', status: idle },
  ...change,
});

/** The id of the member with a name of one letter. */
export const memberId = (name: string): string =>
  `00000000-0000-4000-8000-${name.charCodeAt(0).toString(16).padStart(12, '0')}`;
