import type { UndoResult } from '../../contract/history.ts';
import { SchedulerError } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { AuditRecord, AuditTrail } from '../../ports/ledger/audit.ts';
import type { AgentSchedules } from '../../ports/agent-schedules.ts';
import type { PersonCrontab } from '../../ports/person-crontab.ts';
import type { SettingsStore } from '../../ports/settings-store.ts';
import { withoutSecrets } from '../transfer/secrets.ts';
import type { ChangeLog } from './change-log.ts';
import { notUndoable, obstacleError } from './undo-change.ts';
import { isObstacle, undoneSettings } from './undo-settings.ts';

export interface OtherUndosNeeds {
  readonly ledger: Pick<AuditTrail, 'audit'>;
  readonly settings: SettingsStore;
  readonly clock: Pick<Clock, 'nowIso'>;
  readonly crontab: () => Promise<Pick<PersonCrontab, 'restore'>>;
  readonly agentSchedules: () => Promise<Pick<AgentSchedules, 'restore'>>;
  readonly log: ChangeLog;
}

/** Undoes changes of the settings, of the person's crontab and of the schedules of agents. */
export class OtherUndos {
  readonly #needs: OtherUndosNeeds;

  constructor(needs: OtherUndosNeeds) {
    this.#needs = needs;
  }

  /** Restores what a move switched off in the crontab or in agents. */
  async restoreEntries(record: AuditRecord, author: string, batch: string): Promise<UndoResult> {
    try {
      if (!record.action.endsWith('.move')) throw obstacleError(record, notUndoable('Import the tasks again.'));
      const isOfAgents = record.action === 'agents.move';
      const other = await (isOfAgents ? this.#needs.agentSchedules() : this.#needs.crontab());
      const restored = await other.restore(record.batch ?? '');
      const sequence = this.#needs.ledger.audit({
        ...{
          at: this.#needs.clock.nowIso(),
          author,
          action: isOfAgents ? 'agents.undo' : 'crontab.undo',
          taskId: null,
        },
        ...{ before: record.after, after: { lines: restored }, undoes: record.sequence, batch },
      });
      return { undone: [record.sequence], changes: [this.#needs.log.get(sequence)], refused: [] };
    } catch (problem) {
      return refusedUndo(record, problem);
    }
  }

  /** As `settings`, but what cannot be restored stays as it is and is listed in `refused`. */
  trySettings(record: AuditRecord, author: string, batch: string): UndoResult {
    try {
      return this.settings(record, author, batch);
    } catch (problem) {
      return refusedUndo(record, problem);
    }
  }

  /** @throws SchedulerError `history/conflict`, `history/not-undoable`. */
  settings(record: AuditRecord, author: string, batch: string | null): UndoResult {
    const { settings, ledger } = this.#needs;
    const present: Readonly<Record<string, unknown>> = settings.read();
    const change = undoneSettings(record, settings.read());
    if (isObstacle(change)) throw obstacleError(record, change);
    const before = Object.fromEntries(Object.keys(change).map((name) => [name, present[name]]));
    const saved: Readonly<Record<string, unknown>> = settings.update(change);
    const after = Object.fromEntries(Object.keys(change).map((name) => [name, saved[name]]));
    const sequence = ledger.audit({
      ...{ at: this.#needs.clock.nowIso(), author, action: 'settings.undo', taskId: null, undoes: record.sequence },
      ...{ before: withoutSecrets(before), after: withoutSecrets(after) },
      ...(batch === null ? {} : { batch }),
    });
    return { undone: [record.sequence], changes: [this.#needs.log.get(sequence)], refused: [] };
  }
}

function refusedUndo(record: AuditRecord, problem: unknown): UndoResult {
  if (!(problem instanceof SchedulerError)) throw problem;
  return { undone: [], changes: [], refused: [{ id: record.sequence, message: problem.message }] };
}
