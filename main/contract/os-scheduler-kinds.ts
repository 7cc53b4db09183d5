import { z } from 'zod';
import type { EventName } from './events.ts';

/**
 * The OS schedulers in which groups can have their entries; in `in-process` they have none, and the running app starts the
 * tasks. To add one (docs/architecture.md says more about each step):
 *
 * - Here: its kind and its row in `kinds`.
 * - The compiler then names the tables with a row for each kind: `makers` in main/adapters/os-scheduler/registry.ts,
 *   `evaluated` in testing/evaluated-adapters.ts beside it, `kindNames` in renderer/text/en/tasks.ts and the labels of the
 *   choices (`osSchedulers`) in renderer/text/en/settings.ts.
 * - main/adapters/os-scheduler/<kind>/: its adapter. If its entries can look first whether they must start the program:
 *   `noteFolders` in fired/fired-groups.ts beside it.
 * - What else the app does with another scheduler, each with lists of its own: import and export
 *   (main/contract/transfer.ts), "Also on this machine" (main/contract/other-jobs.ts), `lint` (main/contract/lint.ts),
 *   and `serve` as a service (main/adapters/os-scheduler/service/service-manager.ts).
 */
export const osSchedulerKindSchema = z.enum(['systemd', 'cron', 'launchd', 'windows', 'in-process']);
export type OsSchedulerKind = z.infer<typeof osSchedulerKindSchema>;

/** `unix`: Linux, and every other Unix but macOS. */
export type System = 'unix' | 'macos' | 'windows';

/** Returns the family of a system. @param platform Node's name of it: `linux`, `darwin`, … */
export const systemOf = (platform: string): System =>
  platform === 'win32' ? 'windows' : platform === 'darwin' ? 'macos' : 'unix';

/** `auto`: the setting `auto` tries it there. `by-name`: a person can choose it there. `never`: that system cannot have it. */
type Offer = 'auto' | 'by-name' | 'never';

interface KindFacts extends Readonly<Record<System, Offer>> {
  /** The events at which its entries can start tasks. */
  readonly events: readonly EventName[];
}

/** In the order in which `auto` tries the kinds, and in which they are offered. */
const kinds: Readonly<Record<OsSchedulerKind, KindFacts>> = {
  systemd: { unix: 'auto', macos: 'never', windows: 'never', events: ['startup', 'login'] },
  launchd: { unix: 'never', macos: 'auto', windows: 'never', events: ['startup', 'login'] },
  windows: { unix: 'never', macos: 'never', windows: 'auto', events: ['startup', 'login'] },
  cron: { unix: 'auto', macos: 'by-name', windows: 'never', events: ['startup'] },
  // What `auto` is left with if no other kind works.
  'in-process': { unix: 'by-name', macos: 'by-name', windows: 'by-name', events: [] },
};

function kindsWhere(platform: string, isWanted: (offer: Offer) => boolean): OsSchedulerKind[] {
  const system = systemOf(platform);
  const inOrder = Object.keys(kinds) as OsSchedulerKind[];
  return inOrder.filter((kind) => isWanted(kinds[kind][system]));
}

/**
 * Returns the kinds that a person can choose on a system, the best first. Whether one works there is known only on the
 * machine itself.
 * @param platform as `systemOf`
 */
export const kindsOn = (platform: string): OsSchedulerKind[] => kindsWhere(platform, (offer) => offer !== 'never');

/** Returns the kinds that the setting `auto` tries on a system, the best first. */
export const autoKindsOn = (platform: string): OsSchedulerKind[] => kindsWhere(platform, (offer) => offer === 'auto');

/** Returns those of the events at which an entry of this OS scheduler starts tasks. The running app notices the others. */
export const eventsOfEntry = (kind: OsSchedulerKind, events: readonly EventName[]): readonly EventName[] =>
  events.filter((event) => kinds[kind].events.includes(event));
