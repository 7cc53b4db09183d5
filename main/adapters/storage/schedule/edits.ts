import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { ScheduleFile } from '../../../contract/task.ts';
import type { AuditEvent, AuditTrail } from '../../../ports/ledger/audit.ts';
import type { Marks } from '../../../ports/ledger/marks.ts';
import { emptySchedule, parseSchedule, scheduleRules } from './document.ts';

/** The part of the ledger that the audit of edits uses. */
export type EditLedger = AuditTrail & Marks;

const markName = 'schedule.json';
const rulesName = 'schedule.json.rules';

/** Marks the text as written by this app, in the transaction of the save. */
export function markOwnText(ledger: EditLedger, text: string): void {
  ledger.setMark(markName, hashOf(text));
  ledger.setMark(rulesName, scheduleRules);
}

/** Returns true if this app wrote the text and the transaction of that save was committed. */
export function isOwnText(ledger: EditLedger, text: string): boolean {
  return ledger.mark(markName) === hashOf(text);
}

/**
 * Returns true if the text was checked by the present rules: this version of the app, or one with the same rules, wrote
 * it.
 */
export function wasChecked(ledger: EditLedger, text: string): boolean {
  return ledger.mark(rulesName) === scheduleRules && isOwnText(ledger, text);
}

/**
 * Audits a text that another program wrote, or that a crashed process of this app left, against the last text this app
 * wrote. If no backup has that text, or the ledger never recorded one, every task counts as new.
 */
export function auditForeignText(
  ledger: EditLedger,
  found: {
    readonly text: string;
    readonly file: ScheduleFile;
    readonly backups: readonly string[];
    readonly at: string;
  },
): void {
  const mark = ledger.mark(markName);
  const ours =
    mark === null
      ? undefined
      : (found.backups.find((text) => hashOf(text) === mark) ?? found.backups.find((text) => text !== found.text));
  const before = ours === undefined ? null : parseSchedule(ours);
  const known = before?.kind === 'valid' ? before.file : emptySchedule();
  for (const event of auditEdits(known, found.file, found.at)) ledger.audit(event);
  markOwnText(ledger, found.text);
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Returns what a change of the file means for each task, for the audit. */
function auditEdits(before: ScheduleFile, after: ScheduleFile, at: string): AuditEvent[] {
  const ids = new Set([...Object.keys(before.tasks), ...Object.keys(after.tasks)]);
  return [...ids].flatMap((taskId) => {
    const old = before.tasks[taskId] ?? null;
    const now = after.tasks[taskId] ?? null;
    if (isDeepStrictEqual(old, now)) return [];
    const action = old === null ? 'task.create' : now === null ? 'task.delete' : 'task.update';
    return [{ at, author: 'file', action, taskId, before: old, after: now }];
  });
}
