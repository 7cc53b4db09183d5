import type { OsSchedulerKind } from '../contract/os-scheduler-kinds.ts';
import { nextSlots } from '../domain/timing/slots.ts';
import type {
  EntryChange,
  OsEntry,
  OsGroup,
  OsScheduler,
  OsSchedulerCapabilities,
  TranslateContext,
} from '../ports/os-scheduler.ts';

export interface MemoryOsScheduler extends OsScheduler {
  /** The installed groups, by timing id. */
  readonly installed: Map<string, OsGroup>;
  /** Entries of ncp, the earlier product, and of other programs. */
  readonly others: OsEntry[];
  /** Makes every further `apply` fail with this message; null ends that. */
  refuse(message: string | null): void;
  /** Changes the capabilities that it reports. */
  limit(change: Partial<OsSchedulerCapabilities>): void;
  /** Removes these fires from the group's entry, until the entry is written again. @param slots ms since 1970 */
  lose(timingId: string, slots: readonly number[]): void;
}

/** Returns an OS scheduler that only stores its entries in memory and never runs anything. */
export function memoryOsScheduler(kind: OsSchedulerKind): MemoryOsScheduler {
  const entries = new MemoryEntries(kind);
  const others: OsEntry[] = [];
  let capabilities: OsSchedulerCapabilities = { available: true, notes: [], runsWhenLoggedOut: true, timezones: true };
  return {
    kind,
    installed: entries.installed,
    others,
    refuse: (message) => {
      entries.refusal = message;
    },
    limit: (change) => {
      capabilities = { ...capabilities, ...change };
    },
    lose: (timingId, slots) => {
      entries.lost.set(timingId, new Set(slots));
    },
    capabilities: () => Promise.resolve(capabilities),
    translate: (group, context) => ({
      artifacts: [{ path: entries.pathOf(group.timingId), content: contentOf(group, context) }],
      covers: 'exact',
      notes: [],
    }),
    apply: (groups, context) => Promise.resolve(groups.map((group) => entries.apply(group, context))),
    remove: (timingIds) => Promise.resolve(timingIds.map((timingId) => entries.remove(timingId))),
    removeLegacy: (ids) => {
      const gone = others.filter(({ timingId, state }) => state === 'legacy' && ids.includes(timingId));
      for (const entry of gone) others.splice(others.indexOf(entry), 1);
      return Promise.resolve(gone.map(({ timingId, path }) => ({ timingId, change: 'removed', path })));
    },
    list: (groups, context) =>
      Promise.resolve([...[...entries.installed.keys()].map((id) => entries.describe(id, groups, context)), ...others]),
    readBack: (timingId, fromMs, count) => Promise.resolve(entries.fires(timingId, fromMs, count)),
  };
}

class MemoryEntries {
  readonly installed = new Map<string, OsGroup>();
  readonly lost = new Map<string, ReadonlySet<number>>();
  refusal: string | null = null;
  readonly #kind: OsSchedulerKind;
  readonly #written = new Map<string, string>();

  constructor(kind: OsSchedulerKind) {
    this.#kind = kind;
  }

  pathOf(timingId: string): string {
    return `/memory/${this.#kind}/${timingId}`;
  }

  apply(group: OsGroup, context: TranslateContext): EntryChange {
    const { timingId } = group;
    const path = this.pathOf(timingId);
    if (this.refusal !== null) {
      return { timingId, change: 'failed', path, error: { code: 'os/refused', message: this.refusal } };
    }
    const known = this.installed.has(timingId);
    const right = this.#isAsWanted(group, context) && !this.lost.has(timingId);
    this.installed.set(timingId, group);
    this.#written.set(timingId, contentOf(group, context));
    this.lost.delete(timingId);
    return { timingId, change: right ? 'unchanged' : known ? 'updated' : 'installed', path };
  }

  remove(timingId: string): EntryChange {
    for (const memory of [this.installed, this.#written, this.lost]) memory.delete(timingId);
    return { timingId, change: 'removed', path: this.pathOf(timingId) };
  }

  describe(timingId: string, groups: readonly OsGroup[], context: TranslateContext): OsEntry {
    const key = this.installed.get(timingId)?.key ?? null;
    const entry = { timingId, kind: this.#kind, key, path: this.pathOf(timingId) };
    const group = groups.find((candidate) => candidate.timingId === timingId);
    if (group === undefined) return { ...entry, state: 'drifted', detail: 'No group uses this entry.' };
    if (this.#isAsWanted(group, context)) return { ...entry, state: 'installed' };
    return { ...entry, state: 'drifted', detail: 'It differs from the expected entry.' };
  }

  fires(timingId: string, fromMs: number, count: number): number[] {
    const group = this.installed.get(timingId);
    const fires = group === undefined ? [] : nextSlots(group.schedule, fromMs, count);
    return fires.filter((fire) => this.lost.get(timingId)?.has(fire) !== true);
  }

  #isAsWanted(group: OsGroup, context: TranslateContext): boolean {
    const { timingId, key } = group;
    return this.installed.get(timingId)?.key === key && this.#written.get(timingId) === contentOf(group, context);
  }
}

function contentOf({ timingId }: OsGroup, { command }: TranslateContext): string {
  return `${command.join(' ')} ${timingId}\n`;
}
