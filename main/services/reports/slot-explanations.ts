import type { DecisionReason, SlotRecord } from '../../contract/execution.ts';
import type { SlotExplanation, SlotFix } from '../../contract/slot-explanation.ts';
import { isOnDemand } from '../../contract/schedule-rule.ts';
import type { ScheduleFile, Task } from '../../contract/task.ts';
import type { Clock } from '../../ports/clock.ts';
import type { SlotHistory } from '../schedule/slot-history.ts';
import { isAllPaused } from '../schedule/all-paused.ts';
import { findTask } from '../schedule/task-lookup.ts';
import { factsAround, type MissedNeeds } from './missed-facts.ts';
import { recordedFacts, type RecordedNeeds } from './recorded-facts.ts';

export type SlotExplanationsNeeds = MissedNeeds &
  RecordedNeeds & { readonly slots: Pick<SlotHistory, 'why'>; readonly clock: Clock };

/** Reasons of slots that did not run in time. */
const missedReasons: ReadonlySet<DecisionReason | null> = new Set(['missed', 'catch-up-window', 'superseded', null]);
/** Reasons that follow from how the task is set up. */
const ofDefinition: ReadonlySet<DecisionReason | null> = new Set([
  'overlap',
  'not-started',
  'ended',
  'max-executions',
  'condition',
  'budget',
  'calendar',
]);

/** Explains why a slot did not run: what was recorded, the facts around it, and what a person can do. */
export class SlotExplanations {
  readonly #needs: SlotExplanationsNeeds;

  constructor(needs: SlotExplanationsNeeds) {
    this.#needs = needs;
  }

  /**
   * Returns null if the task has no slot at this instant.
   * @param slot ISO instant
   * @throws SchedulerError `task/not-found`, `task/ambiguous`.
   */
  async explain(idOrName: string, slot: string): Promise<SlotExplanation | null> {
    const file = this.#needs.store.read();
    const task = findTask(file, idOrName);
    const record = this.#record(task, slot);
    if (record === null) return null;
    if (record.state === 'claimed' || record.state === 'due') return { record, facts: [], fixes: [] };
    if (!missedReasons.has(record.reason)) {
      return { record, facts: recordedFacts(this.#needs, task, record), fixes: this.#fixes(task, file, record) };
    }
    const facts = await factsAround(this.#needs, task, record);
    const isEntryWrong = facts.some((fact) => fact.kind === 'entry' && fact.state !== 'in-process');
    const isCatchUpOff = facts.some(({ kind }) => kind === 'catch-up-off');
    const fixes = [isEntryWrong && 'fix-entries', 'run-missed', isCatchUpOff && 'catch-up'] as const;
    return { record, facts, fixes: fixes.filter((fix) => fix !== false) };
  }

  #record(task: Task, slot: string): SlotRecord | null {
    const slotMs = Date.parse(slot);
    const since = new Date(slotMs).toISOString();
    return this.#needs.slots.why(task.id, since).find((each) => Date.parse(each.slot) === slotMs) ?? null;
  }

  #fixes(task: Task, file: ScheduleFile, { reason }: SlotRecord): SlotFix[] {
    if (reason === 'paused') return task.status === 'paused' ? ['resume', 'run-missed'] : ['run-missed'];
    if (reason === 'all-paused') {
      return isAllPaused(file, this.#needs.clock.now()) ? ['resume-all', 'run-missed'] : ['run-missed'];
    }
    // A follow-up that a budget refused: there is no slot that could run.
    if (isOnDemand(task)) return ['edit'];
    return ofDefinition.has(reason) ? ['edit', 'run-missed'] : ['run-missed'];
  }
}
