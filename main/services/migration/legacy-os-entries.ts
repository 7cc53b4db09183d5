import type { LegacyReplacement } from '../../contract/migration.ts';
import type { ScheduleFile } from '../../contract/task.ts';
import { SchedulerError } from '../../domain/errors.ts';
import type { OsEntry } from '../../ports/os-scheduler.ts';
import type { Store } from '../../ports/store.ts';
import type { ScheduleSync } from '../os-entries/schedule-sync.ts';
import { ncpTimingId } from './ncp-timing-id.ts';

export interface LegacyOsEntriesNeeds {
  readonly store: Pick<Store, 'read'>;
  readonly sync: Pick<ScheduleSync, 'kind' | 'wanted' | 'entries' | 'sync' | 'legacyEntries' | 'removeLegacy'>;
}

/** ncp's own jobs, which the app and `cleanup` have replaced. */
const chores = ['__ncp_automatic_cleanup__', '__ncp_auto_catchup__'];

/** Lists the entries that ncp left in the OS scheduler, and replaces them by ours. */
export class LegacyOsEntries {
  readonly #needs: LegacyOsEntriesNeeds;

  constructor(needs: LegacyOsEntriesNeeds) {
    this.#needs = needs;
  }

  list(): Promise<OsEntry[]> {
    return this.#needs.sync.legacyEntries();
  }

  /**
   * Called only when a person asks for it. Installs and checks our entries first, then removes those of ncp whose tasks
   * were migrated.
   *
   * @throws SchedulerError `os/unavailable` if no OS scheduler fires our groups, `os/refused` if one of our entries is
   * missing or wrong. Nothing of ncp was removed then.
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
        reason: `No task was migrated from "${entry.timingId}". If you no longer use ncp, remove this entry by hand.`,
      }));
    return { replaced: await sync.removeLegacy(replaceable), kept };
  }

  /** Installing reads every entry back. Listing the entries afterwards checks them a second time. */
  async #assertCarried(): Promise<void> {
    const { sync } = this.#needs;
    const kind = await sync.kind();
    if (kind === 'in-process') {
      const message =
        "No OS scheduler runs the tasks on this machine, so ncp's entries were left in place: without them, no task would start while the app is closed.";
      throw new SchedulerError('os/unavailable', message);
    }
    const failures = (await sync.sync()).filter(({ change }) => change === 'failed');
    const entries = await sync.entries();
    const isInstalled = (id: string) => entries.some(({ timingId, state }) => timingId === id && state === 'installed');
    const missing = sync.wanted(kind).filter(({ timingId }) => !isInstalled(timingId));
    if (failures.length === 0 && missing.length === 0) return;
    const reasons = [
      ...failures.map(({ timingId, error }) => `${timingId}: ${error?.message ?? 'no reason given'}`),
      ...missing.map(({ timingId }) => `${timingId}: the entry is missing or differs`),
    ];
    throw new SchedulerError(
      'os/refused',
      `ncp's entries were left in place, because the new entries could not be installed: ${reasons.join('; ')}`,
      { failures, missing: missing.map(({ timingId }) => timingId) },
    );
  }
}

/** Returns the ids that ncp's entries of migrated tasks may have: V1 uses the job's id, V2 the group's id. */
function takenOver({ tasks }: ScheduleFile): ReadonlySet<string> {
  const groups = Object.values(tasks).flatMap(({ cronExpression }) => ncpTimingId(cronExpression) ?? []);
  return new Set([...Object.keys(tasks), ...groups, ...chores]);
}
