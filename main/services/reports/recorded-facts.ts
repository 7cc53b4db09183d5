import { executionFilterSchema, type SlotRecord } from '../../contract/execution.ts';
import type { SlotFact } from '../../contract/slot-explanation.ts';
import type { Task } from '../../contract/task.ts';
import type { AuditTrail } from '../../ports/ledger/audit.ts';
import type { ExecutionPages } from '../../ports/ledger/pages.ts';
import { field, pauseOfAll, pauseOfTask, skipOfTask } from './pause-authors.ts';

export interface RecordedNeeds {
  readonly ledger: Pick<AuditTrail, 'changes'> & ExecutionPages;
}

/** Runs before the slot in which the one that was in the way is looked for. */
const runsBefore = 50;

/** Returns the facts behind a reason that a rule gave: who paused it, which run was in the way, which limit was set. */
export function recordedFacts({ ledger }: RecordedNeeds, task: Task, record: SlotRecord): SlotFact[] {
  const { slot, reason, detail } = record;
  switch (reason) {
    case 'paused': {
      const pause = pauseOfTask(ledger, task.id, slot);
      if (pause === null) return [];
      // The end of a pause is known as long as it lasts.
      const until = task.status === 'paused' ? (task.pausedUntil ?? null) : null;
      return [{ kind: 'paused', ...pause, until, note: detail }];
    }
    case 'all-paused': {
      const pause = pauseOfAll(ledger, slot);
      if (pause === null) return [];
      const { author, at, after } = pause;
      return [{ kind: 'all-paused', author, at, until: textOf(after, 'until'), note: textOf(after, 'note') }];
    }
    case 'skip-next': {
      const skip = skipOfTask(ledger, task.id, slot);
      return skip === null ? [] : [{ kind: 'skipped', ...skip }];
    }
    case 'overlap':
      return runInTheWay(ledger, task, slot);
    case 'not-started':
      return task.startDate === undefined ? [] : [{ kind: 'start-date', at: task.startDate }];
    case 'ended':
      return task.endDate === undefined ? [] : [{ kind: 'end-date', at: task.endDate }];
    case 'max-executions':
      return task.maxExecutions === undefined ? [] : [{ kind: 'run-limit', limit: task.maxExecutions }];
    default:
      return [];
  }
}

function runInTheWay(ledger: ExecutionPages, task: Task, slot: string): SlotFact[] {
  const filter = executionFilterSchema.parse({ taskId: task.id, until: slot, limit: runsBefore });
  const found = ledger
    .list(filter)
    .executions.find(({ completedAt }) => completedAt === null || Date.parse(completedAt) > Date.parse(slot));
  if (found === undefined) return [];
  const { executionId, startedAt, completedAt } = found;
  return [{ kind: 'in-the-way', executionId, startedAt, endedAt: completedAt }];
}

function textOf(state: unknown, name: string): string | null {
  const value = field(state, name);
  return typeof value === 'string' ? value : null;
}
