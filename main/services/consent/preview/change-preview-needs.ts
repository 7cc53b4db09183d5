import type { SettingsStore } from '../../../ports/settings-store.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { Store } from '../../../ports/store.ts';
import type { ExecutionRecords } from '../../../ports/ledger/executions.ts';
import type { TaskManager } from '../../tasks/task-manager.ts';
import type { ChangeHistory } from '../../history/change-history.ts';
import type { ComingRuns } from '../../schedule/coming-runs.ts';
import type { Calendars } from '../../calendars/calendars.ts';

/** What a preview of changes needs. */
export interface ChangePreviewNeeds {
  readonly store: Store;
  readonly ledger: ExecutionRecords;
  readonly clock: Clock;
  readonly settings: Pick<SettingsStore, 'mcpServers'>;
  readonly tasks: Pick<TaskManager, 'understand' | 'check' | 'nextRunsOf'>;
  readonly coming: Pick<ComingRuns, 'ofTask'>;
  readonly history: Pick<ChangeHistory, 'get'>;
  readonly calendars: Pick<Calendars, 'assertNew'>;
}
