import type { ImportChange, ImportOptions } from '../../contract/transfer.ts';
import { messageOf, SchedulerError } from '../../domain/errors.ts';
import type { AuditTrail } from '../../ports/ledger/audit.ts';
import type { PersonCrontab } from '../../ports/person-crontab.ts';
import type { Store } from '../../ports/store.ts';
import type { ScheduleSync } from '../os-entries/schedule-sync.ts';
import type { ImportSource } from './import-source.ts';
import type { ImportedTask } from './import-tasks.ts';

interface MoveNeeds {
  readonly store: Store;
  readonly ledger: AuditTrail;
  readonly crontab: Pick<PersonCrontab, 'commentOut'>;
  readonly sync: Pick<ScheduleSync, 'ensure'>;
}

export interface MoveChange {
  /** The batch of the import; it also marks the lines in the crontab. */
  readonly batch: string;
  readonly author: string;
  /** ISO instant. */
  readonly at: string;
}

export interface Moved {
  /** Lines that were commented out; null if none was. */
  readonly moved: number | null;
  readonly warnings: readonly string[];
  /** Returns the changes of the import as they are after the move. */
  readonly changed: (changes: readonly ImportChange[]) => ImportChange[];
}

/** Returns the source with the names that the person gave its tasks. */
export function renamed(source: ImportSource, { names }: Pick<ImportOptions, 'names'>): ImportSource {
  if (Object.keys(names).length === 0) return source;
  const candidates = source.candidates.map((candidate) => {
    const name = Object.hasOwn(names, candidate.key) ? names[candidate.key] : undefined;
    return name === undefined ? candidate : { ...candidate, task: { ...candidate.task, name } };
  });
  return { ...source, candidates };
}

/** @throws SchedulerError `usage/cannot-move` unless the tasks come from the crontab of this machine. */
export function assertMovable({ original, kind }: ImportSource, { move }: Pick<ImportOptions, 'move'>): void {
  if (!move || original !== undefined) return;
  throw new SchedulerError(
    'usage/cannot-move',
    'Only the crontab of this machine can be moved. Import the tasks, remove them where they run now, then resume them here.',
    { kind },
  );
}

/**
 * Comments the lines of imported tasks out, then activates the tasks. They were imported paused, so a crash in between
 * leaves tasks that run nowhere and can be resumed, and never tasks that run twice.
 */
export async function moveTasks(
  { store, ledger, crontab, sync }: MoveNeeds,
  source: ImportSource,
  imported: readonly ImportedTask[],
  { batch, author, at }: MoveChange,
): Promise<Moved> {
  const whole = wholeLines(source, imported);
  const lines = [...new Set(whole.map(({ candidate }) => lineOf(candidate.source)))];
  if (lines.length === 0) return { moved: null, warnings: [], changed: (changes) => [...changes] };
  try {
    await crontab.commentOut(lines, source.original ?? '', batch);
  } catch (problem) {
    if (!(problem instanceof SchedulerError)) throw problem;
    const warning = `The imported tasks stay paused, and the crontab runs them as before. ${problem.message}`;
    return { moved: null, warnings: [warning], changed: (changes) => [...changes] };
  }
  ledger.audit({
    at,
    author,
    action: 'crontab.move',
    taskId: null,
    before: null,
    after: { lines: lines.length },
    batch,
  });
  const ids = new Set(whole.map(({ after }) => after.id));
  const timings = store.update((draft) => {
    const touched = new Set<string>();
    for (const id of ids) {
      const task = Object.hasOwn(draft.tasks, id) ? draft.tasks[id] : undefined;
      if (task?.status !== 'paused') continue;
      const before = structuredClone(task);
      task.status = 'active';
      task.armedAt = at;
      delete task.pauseNote;
      ledger.audit({ at, author, action: 'task.resume', taskId: id, before, after: structuredClone(task), batch });
      touched.add(task.timingId);
    }
    return [...touched];
  });
  const warnings = await sync.ensure(timings).then(
    () => [],
    (refusal: unknown) => [messageOf(refusal)],
  );
  const changed = (changes: readonly ImportChange[]): ImportChange[] =>
    changes.map((change) => (ids.has(change.taskId ?? '') ? { ...change, paused: false } : change));
  return { moved: lines.length, warnings, changed };
}

/** Leaves out the tasks of a line of which another part stays in the crontab. */
function wholeLines(source: ImportSource, imported: readonly ImportedTask[]): ImportedTask[] {
  const keys = new Set(imported.map(({ candidate }) => candidate.key));
  const partly = new Set(source.candidates.filter(({ key }) => !keys.has(key)).map((candidate) => candidate.source));
  return imported.filter(({ candidate }) => !partly.has(candidate.source) && lineOf(candidate.source) > 0);
}

/** Returns the number of a line from `line 12`; 0 for another source. */
const lineOf = (source: string | null): number => Number(/^line (\d+)$/.exec(source ?? '')?.[1] ?? 0);
