import type { AuditRecord, AuditTrail } from '../../ports/ledger/audit.ts';

/** Who made a change, and when. */
export interface ChangeAuthor {
  readonly author: string;
  /** ISO instant. */
  readonly at: string;
}

/** Changes of a task, and of all tasks, in which a pause is looked for, newest first. */
const taskChanges = 200;
const allChanges = 2000;

/** Returns who paused a task last. @param before only a pause at or before this ISO instant; default: any */
export function pauseOfTask(ledger: Pick<AuditTrail, 'changes'>, taskId: string, before?: string): ChangeAuthor | null {
  return authorOf(
    newest(
      ledger.changes({ taskId }, taskChanges),
      before,
      (record) => field(record.after, 'status') === 'paused' && field(record.before, 'status') !== 'paused',
    ),
  );
}

/** Returns who last asked to skip the slot. */
export function skipOfTask(ledger: Pick<AuditTrail, 'changes'>, taskId: string, slot: string): ChangeAuthor | null {
  const covers = ({ after }: AuditRecord): boolean => {
    const until = field(after, 'skipUntil');
    return typeof until === 'string' && Date.parse(until) >= Date.parse(slot);
  };
  const asked = ledger.changes({ taskId }, taskChanges).filter((record) => record.action === 'task.skip-next');
  return authorOf(newest(asked, slot, covers));
}

/** Returns the change that paused all schedules last, at or before an ISO instant. */
export function pauseOfAll(ledger: Pick<AuditTrail, 'changes'>, before: string): AuditRecord | null {
  return newest(ledger.changes({}, allChanges), before, ({ action }) => action === 'all.pause');
}

function newest(
  newestFirst: readonly AuditRecord[],
  before: string | undefined,
  fits: (record: AuditRecord) => boolean,
): AuditRecord | null {
  const limit = before === undefined ? Infinity : Date.parse(before);
  return newestFirst.find((record) => Date.parse(record.at) <= limit && fits(record)) ?? null;
}

const authorOf = (record: AuditRecord | null): ChangeAuthor | null =>
  record === null ? null : { author: record.author, at: record.at };

/** Reads a field of a recorded state, which is of any version. */
export function field(state: unknown, name: string): unknown {
  return typeof state === 'object' && state !== null ? (state as Record<string, unknown>)[name] : undefined;
}
