import type { ScheduleFile, Task } from '../../contract/task.ts';
import type { Clock } from '../../ports/clock.ts';
import type { AuditTrail } from '../../ports/ledger/audit.ts';
import type { Store } from '../../ports/store.ts';

/** A pause of all schedules ("Pause all"), as `schedule.json` holds it. */
export type PauseOfAll = NonNullable<ScheduleFile['paused']>;

export interface AllPausedNeeds {
  readonly store: Pick<Store, 'read' | 'update'>;
  readonly ledger: AuditTrail;
  readonly clock: Clock;
  readonly planner: {
    /** Records what became of the slots of a task until now. */
    settle(task: Task, file: ScheduleFile): void;
  };
}

/** Pauses all schedules. A pause that exists is replaced, and so gets its new end and note. */
export function pauseAll(
  { store, ledger, clock }: AllPausedNeeds,
  { until, note }: Pick<PauseOfAll, 'until' | 'note'>,
  author: string,
): { paused: PauseOfAll } {
  const at = clock.nowIso();
  const paused = { since: at, ...(until === undefined ? {} : { until }), ...(note === undefined ? {} : { note }) };
  store.update((file) => {
    ledger.audit({ at, author, action: 'all.pause', taskId: null, before: file.paused ?? null, after: paused });
    file.paused = paused;
  });
  return { paused };
}

/** Ends the pause of all schedules. Slots that passed meanwhile are recorded as `all-paused` first. */
export function resumeAll({ store, ledger, clock, planner }: AllPausedNeeds, author: string): { paused: null } {
  const file = store.read();
  for (const task of Object.values(file.tasks)) planner.settle(task, file);
  store.update((draft) => {
    const before = draft.paused ?? null;
    ledger.audit({ at: clock.nowIso(), author, action: 'all.resume', taskId: null, before, after: null });
    delete draft.paused;
  });
  return { paused: null };
}

/**
 * Returns whether all schedules are paused. The slots of that time are then skipped, with the reason `all-paused`
 * (`planSlots` in main/domain/policy/plan-slots.ts). A pause is over once its end has passed, even if nothing was
 * running to remove it.
 */
export function isAllPaused({ paused }: Pick<ScheduleFile, 'paused'>, nowMs: number): boolean {
  return paused !== undefined && (paused.until === undefined || Date.parse(paused.until) > nowMs);
}

/**
 * Returns whether the end of a pause has passed and the pause is still in the file. The primary then resumes
 * (`#liftPauses` in main/services/firing/primary-scheduler.ts).
 */
export function isPauseOfAllOver(file: Pick<ScheduleFile, 'paused'>, nowMs: number): boolean {
  return file.paused !== undefined && !isAllPaused(file, nowMs);
}
