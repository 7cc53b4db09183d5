import { SchedulerError } from '../../domain/errors.ts';

/** A fleet, as the uninstall needs it. */
export interface JoinedFleet {
  /** Of the database, without a password. */
  readonly address: string;
  /** The name of this machine in it. */
  readonly member: string;
  /** Leaves it. Returns why the database does not know; null if it does. */
  leave(): Promise<string | null>;
}

export const memberAt = ({ member, address }: JoinedFleet): string => `${member} in ${address}`;

export const staysMember = (fleet: JoinedFleet): string =>
  `This machine stays a member of its fleet (${memberAt(fleet)}), and runs nothing for it. To leave it: ncp-scheduler fleet leave`;

/** @throws SchedulerError `fleet/away` if the database does not know. */
export async function leave(fleet: JoinedFleet): Promise<void> {
  const problem = await fleet.leave();
  if (problem === null) return;
  const message = `This machine left, but its database does not know it: ${problem} The other members still list it.`;
  throw new SchedulerError('fleet/away', message);
}
