import type { Settings } from '../../contract/settings.ts';
import { messageOf } from '../../domain/errors.ts';
import type { Logger } from '../../ports/logger.ts';
import type { SettingsStore } from '../../ports/settings-store.ts';
import type { SettingsEdits } from './settings-edits.ts';
import type { ScheduleSync } from '../os-entries/schedule-sync.ts';

export interface SettingsFollowerNeeds {
  readonly settings: Pick<SettingsStore, 'read' | 'problem' | 'watch'>;
  readonly sync: Pick<ScheduleSync, 'sync'>;
  readonly logger: Logger;
  /** Records the edits in the history. */
  readonly edits: Pick<SettingsEdits, 'noteEdits'>;
}

export interface SettingsNews {
  /** The settings in effect; while the file is invalid, the last valid ones. */
  readonly settings: Settings;
  /** Why the file is not used, with line and reason, or null. */
  readonly problem: string | null;
}

/**
 * Follows what an editor or another process writes to the settings while the app runs. Most settings are read where
 * they are used; another scheduler, or another time for the check of sign-ins, also updates the OS entries. Edits from before the start are recorded, too.
 *
 * @returns a function that stops it
 */
export function followSettings(needs: SettingsFollowerNeeds, tell: (news: SettingsNews) => void): () => void {
  const { settings, sync, logger } = needs;
  let { osScheduler, credentialCheckMs } = settings.read();
  needs.edits.noteEdits();
  return settings.watch(() => {
    needs.edits.noteEdits();
    const problem = settings.problem();
    if (problem !== null) logger.warn('The settings file is invalid and is not used', { problem });
    const now = settings.read();
    // Entries of tasks that sign in fire that long before each slot, too.
    if (now.osScheduler !== osScheduler || now.credentialCheckMs !== credentialCheckMs) {
      ({ osScheduler, credentialCheckMs } = now);
      sync.sync().catch((refusal: unknown) => {
        logger.error('Could not update the OS entries', { problem: messageOf(refusal) });
      });
    }
    tell({ settings: now, problem });
  });
}
