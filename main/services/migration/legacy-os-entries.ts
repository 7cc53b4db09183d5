import type { LegacyReplacement } from '../../contract/migration.ts';
import type { ScheduleFile } from '../../contract/task.ts';
import { SchedulerError } from '../../domain/errors.ts';
import type { OsEntry } from '../../ports/os-scheduler.ts';
import type { Store } from '../../ports/store.ts';
import { wantedGroups, type ScheduleSync } from '../os-entries/schedule-sync.ts';
import { ncpTimingId } from './ncp-timing-id.ts';

export interface LegacyOsEntriesNeeds {
  readonly store: Pick<Store, 'read'>;
  readonly sync: Pick<ScheduleSync, 'kind' | 'entries' | 'sync' | 'legacyEntries' | 'removeLegacy'>;
}

/** ncp's own chores: ours are done by the app and by `cleanup`. */
const chores = ['__ncp_automatic_cleanup__', '__ncp_auto_catchup__'];

/** The entries that ncp left in the OS scheduler, and their replacement by ours. */
export class LegacyOsEntries {
  readonly #needs: LegacyOsEntriesNeeds;

  constructor(needs: LegacyOsEntriesNeeds) {
    this.#needs = needs;
  }

  list(): Promise<OsEntry[]> {
    return this.#needs.sync.legacyEntries();
  }

  /**
   * Only on a person's word. Our entries are installed and looked at first; then those of ncp are removed whose tasks
   * are ours now.
   *
   * @throws SchedulerError `os/unavailable` where no OS scheduler carries our groups, `os/refused` when one of our
   * entries is not there as it should be. Nothing of ncp was removed then.
   */
  async replace(): Promise<LegacyReplacement> {
    const { sync, store } = this.#needs;
    const found = await sync.legacyEntries();
    if (found.length === 0) return { replaced: [], kept: [] };
    await this.#assertCarried();
    const taken = takenOver(store.read());
    const replaceable = found.filter(({ timingId }) => taken.has(timingId));
    const kept = found
      .filter(({ timingId }) => !taken.has(timingId))
      .map((entry) => ({
        entry,
        reason: `No task of yours came from "${entry.timingId}". If ncp is not used any more, remove it by hand.`,
      }));
    return { replaced: await sync.removeLegacy(replaceable), kept };
  }

  /** Installing reads every entry back; that it is listed as installed after that is the second look. */
  async #assertCarried(): Promise<void> {
    const { sync, store } = this.#needs;
    if ((await sync.kind()) === 'in-process') {
      const message =
        "No OS scheduler carries the tasks on this machine, so ncp's entries were left in place: without them nothing would start while the app is closed.";
      throw new SchedulerError('os/unavailable', message);
    }
    const failures = (await sync.sync()).filter(({ change }) => change === 'failed');
    const entries = await sync.entries();
    const isInstalled = (id: string) => entries.some(({ timingId, state }) => timingId === id && state === 'installed');
    const missing = wantedGroups(store.read()).filter(({ timingId }) => !isInstalled(timingId));
    if (failures.length === 0 && missing.length === 0) return;
    const reasons = [
      ...failures.map(({ timingId, error }) => `${timingId}: ${error?.message ?? 'no reason given'}`),
      ...missing.map(({ timingId }) => `${timingId}: it is not installed as it should be`),
    ];
    throw new SchedulerError(
      'os/refused',
      `ncp's entries were left in place, because ours could not be installed: ${reasons.join('; ')}`,
      { failures, missing: missing.map(({ timingId }) => timingId) },
    );
  }
}

/** What an entry of ncp may be called whose tasks are ours: V1 names the job, V2 the group, by its own rules. */
function takenOver({ tasks }: ScheduleFile): ReadonlySet<string> {
  const groups = Object.values(tasks).flatMap(({ cronExpression }) => ncpTimingId(cronExpression) ?? []);
  return new Set([...Object.keys(tasks), ...groups, ...chores]);
}
