import { isDeepStrictEqual } from 'node:util';
import type { ScheduleFile } from '../../contract/task.ts';
import type { AuditEvent } from '../../ports/ledger.ts';

/** What a change of the file meant, task by task, for the audit. */
export function auditEdits(before: ScheduleFile, after: ScheduleFile, at: string): AuditEvent[] {
  const ids = new Set([...Object.keys(before.tasks), ...Object.keys(after.tasks)]);
  return [...ids].flatMap((taskId) => {
    const old = before.tasks[taskId] ?? null;
    const now = after.tasks[taskId] ?? null;
    if (isDeepStrictEqual(old, now)) return [];
    const action = old === null ? 'task.create' : now === null ? 'task.delete' : 'task.update';
    return [{ at, author: 'file', action, taskId, before: old, after: now }];
  });
}
