import { nextSlots } from '../../../domain/timing/slots.ts';
import type {
  EntryChange,
  OsEntry,
  OsGroup,
  OsScheduler,
  OsSchedulerCapabilities,
  TranslateContext,
  Translation,
} from '../../../ports/os-scheduler.ts';

/**
 * Used without an OS scheduler: the running app or `ncp-scheduler serve` fires the groups itself, so nothing is
 * installed, removed or can drift.
 */
export class InProcessScheduler implements OsScheduler {
  readonly kind = 'in-process';
  readonly #groups = new Map<string, OsGroup>();

  async capabilities(): Promise<OsSchedulerCapabilities> {
    return {
      available: true,
      notes: ['Tasks only run while the app or "ncp-scheduler serve" is running.'],
      runsWhenLoggedOut: false,
      timezones: true,
    };
  }

  translate(_group: OsGroup, _context: TranslateContext): Translation {
    return { artifacts: [], covers: 'exact', notes: ['Nothing is installed: the running app starts the tasks.'] };
  }

  async apply(groups: readonly OsGroup[], _context: TranslateContext): Promise<EntryChange[]> {
    return groups.map((group) => {
      const known = this.#groups.get(group.timingId);
      this.#groups.set(group.timingId, group);
      const change = known === undefined ? 'installed' : known.key === group.key ? 'unchanged' : 'updated';
      return { timingId: group.timingId, change, path: '' };
    });
  }

  async remove(timingIds: readonly string[], _context: TranslateContext): Promise<EntryChange[]> {
    for (const timingId of timingIds) this.#groups.delete(timingId);
    return timingIds.map((timingId) => ({ timingId, change: 'removed', path: '' }));
  }

  async list(groups: readonly OsGroup[], _context: TranslateContext): Promise<OsEntry[]> {
    return groups.map(({ timingId, key }) => ({ timingId, kind: 'in-process', state: 'installed', key, path: '' }));
  }

  async removeLegacy(_ids: readonly string[], _context: TranslateContext): Promise<EntryChange[]> {
    return [];
  }

  async readBack(timingId: string, fromMs: number, count: number, _context: TranslateContext): Promise<number[]> {
    const group = this.#groups.get(timingId);
    return group === undefined ? [] : nextSlots(group.schedule, fromMs, count);
  }
}
