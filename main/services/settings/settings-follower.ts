import type { Settings } from '../../contract/settings.ts';
import { messageOf } from '../../domain/errors.ts';
import type { Logger } from '../../ports/logger.ts';
import type { SettingsStore } from '../../ports/settings-store.ts';
import type { ScheduleSync } from '../os-entries/schedule-sync.ts';

export interface SettingsFollowerNeeds {
  readonly settings: Pick<SettingsStore, 'read' | 'problem' | 'watch'>;
  readonly sync: Pick<ScheduleSync, 'sync'>;
  readonly logger: Logger;
}

export interface SettingsNews {
  /** What counts now: of a file that cannot be used, what counted before. */
  readonly settings: Settings;
  /** Why the file is not used, with line and reason, or null. */
  readonly problem: string | null;
}

/**
 * Takes in what an editor or another process wrote to the settings while the app runs. Most settings are read where they
 * are used; the entries of the OS follow when another scheduler was chosen.
 *
 * @returns the function that ends it
 */
export function followSettings(needs: SettingsFollowerNeeds, tell: (news: SettingsNews) => void): () => void {
  const { settings, sync, logger } = needs;
  let { osScheduler } = settings.read();
  return settings.watch(() => {
    const problem = settings.problem();
    if (problem !== null) logger.warn('The settings are not used', { problem });
    const now = settings.read();
    if (now.osScheduler !== osScheduler) {
      ({ osScheduler } = now);
      sync.sync().catch((refusal: unknown) => {
        logger.error('Could not bring the OS entries up to date', { problem: messageOf(refusal) });
      });
    }
    tell({ settings: now, problem });
  });
}
