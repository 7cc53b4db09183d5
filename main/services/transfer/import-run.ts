import { isDeepStrictEqual } from 'node:util';
import { alertSettingsSchema } from '../../contract/alerts/rules.ts';
import type { Clock } from '../../ports/clock.ts';
import type { AuditTrail } from '../../ports/ledger/audit.ts';
import type { ImportedHistory } from '../../ports/ledger/history.ts';
import type { SettingsStore } from '../../ports/settings-store.ts';
import type { Store } from '../../ports/store.ts';
import { alertsFor, type ImportedIds } from './import-alerts.ts';
import type { ImportedSettings } from './import-settings.ts';
import type { ImportSource } from './import-source.ts';
import type { ImportedTask } from './import-tasks.ts';
import { withoutSecrets } from './secrets.ts';

export interface ImportRunNeeds {
  readonly store: Store;
  readonly ledger: AuditTrail & ImportedHistory;
  readonly settings: SettingsStore;
  readonly clock: Clock;
}

/** One import. It records each of its changes under its id, so that a person can undo all of them at once. */
export class ImportRun {
  readonly #needs: ImportRunNeeds;
  readonly #author: string;
  readonly id: string;

  constructor(needs: ImportRunNeeds, { id, author }: { readonly id: string; readonly author: string }) {
    this.#needs = needs;
    this.#author = author;
    this.id = id;
  }

  changeSettings({ change }: Pick<ImportedSettings, 'change'>): void {
    if (Object.keys(change).length === 0) return;
    const { settings, ledger } = this.#needs;
    const present: Record<string, unknown> = settings.read();
    const before = Object.fromEntries(Object.keys(change).map((name) => [name, present[name]]));
    settings.update(change);
    ledger.audit({
      ...this.#event('settings.import', null),
      before: withoutSecrets(before),
      after: withoutSecrets(change),
    });
  }

  /** Alerts name tasks and groups, whose ids here are known once they are imported. */
  changeAlerts({ change: { alerts } }: ImportedSettings, { candidates }: ImportSource, ids: ImportedIds): void {
    if (alerts === undefined) return;
    const mapped = alertsFor(alertSettingsSchema.parse(alerts), candidates, ids, this.#needs.store.read());
    if (!isDeepStrictEqual(mapped, alerts)) this.changeSettings({ change: { alerts: mapped } });
  }

  /** Call it in the transaction that imports the tasks: no task may run before its counts are imported. */
  recordTasks(imported: readonly ImportedTask[]): void {
    const { ledger } = this.#needs;
    for (const { before, after } of imported) ledger.audit({ ...this.#event('task.import', after.id), before, after });
    ledger.importHistory({ executions: [], runStates: imported.flatMap(figuresOf) });
  }

  #event(action: string, taskId: string | null) {
    return { at: this.#needs.clock.nowIso(), author: this.#author, action, taskId, batch: this.id };
  }
}

/** Returns the counts of a task that is new here; a replaced task keeps its own. */
function figuresOf({ candidate, before, after }: ImportedTask) {
  if (candidate.figures === null || before !== null) return [];
  return [{ ...candidate.figures, taskId: after.id }];
}
