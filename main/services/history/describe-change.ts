import type { Change } from '../../contract/history.ts';
import type { ScheduleFile } from '../../contract/task.ts';
import type { AuditRecord } from '../../ports/ledger.ts';
import { differences } from './differences.ts';
import { isOfAgents, obstacleOf, statesOf } from './take-back.ts';

/** A recorded change as people and programs see it. */
export function describeChange(file: ScheduleFile, record: AuditRecord, isUndone: boolean): Change {
  const { sequence, at, author, action, taskId, batch, undoes } = record;
  const { before, after } = statesOf(record);
  const name = (after ?? before)?.['name'];
  return {
    id: sequence,
    ...{ at, author, action, taskId },
    kind:
      taskId === null || isOfAgents(record)
        ? 'changed'
        : before === null
          ? 'created'
          : after === null
            ? 'deleted'
            : 'changed',
    taskName: typeof name === 'string' ? name : null,
    differences: action.startsWith('all.') ? [{ field: 'paused', before, after }] : differences(before, after),
    batch: batch ?? null,
    undoes: undoes ?? null,
    obstacle: isUndone ? 'It was undone already.' : (obstacleOf(file, record)?.message ?? null),
  };
}
