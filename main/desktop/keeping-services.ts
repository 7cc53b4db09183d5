import type { KeepingServices } from '../ipc/keeping-handlers.ts';
import { ChangeHistory } from '../services/history/change-history.ts';
import { LegacyOsEntries } from '../services/migration/legacy-os-entries.ts';
import { ScheduleRestore } from '../services/history/schedule-restore.ts';
import type { Core } from '../application/core.ts';

/** What the window needs to show what was changed, and to get it back. */
export function keepingServices(core: Core): Omit<KeepingServices, 'changed'> {
  return {
    history: new ChangeHistory({ ...core, machineTimezone: core.timezone }),
    backups: new ScheduleRestore(core),
    legacy: new LegacyOsEntries(core),
  };
}
