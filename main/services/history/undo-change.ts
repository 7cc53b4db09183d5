import { isDeepStrictEqual } from 'node:util';
import { taskSchema, type ScheduleFile, type Task } from '../../contract/task.ts';
import type { FieldDifference } from '../../contract/history.ts';
import { SchedulerError } from '../../domain/errors.ts';
import { specOf } from '../../domain/timing/spec-of.ts';
import type { AuditRecord } from '../../ports/ledger/audit.ts';
import { checkChains, checkCircle } from '../schedule/task-chains.ts';
import { leaveGroup, placeTask, type GroupContext } from '../schedule/timing-groups.ts';
import { differences, isRecord, unitOf } from './differences.ts';
import { restoreFields } from './restore-fields.ts';

/** Why a change cannot be undone. */
export interface Obstacle {
  readonly code: 'history/conflict' | 'history/not-undoable';
  readonly message: string;
  /** Fields that were changed again since then. Empty if the task exists or is missing against expectation. */
  readonly fields: readonly string[];
}

/** What undoing a change did to its task. */
export interface UndoneChange {
  readonly taskId: string | null;
  readonly before: unknown;
  readonly after: unknown;
  /** Groups whose OS entries may have to change. */
  readonly timingIds: readonly string[];
}

/** True for pausing and resuming all tasks, which changes the schedule as a whole. */
const isOfAll = ({ action }: AuditRecord): boolean => action.startsWith('all.');

/** True for changes of settings. They are recorded without secrets and undone by `undoneSettings`. */
export const isOfSettings = ({ action }: AuditRecord): boolean => action.startsWith('settings.');

/** True for what agents or browsers ran and for decisions about agents: on record, but not a change of a task. */
export const isOfAgents = ({ action }: AuditRecord): boolean => /^(?:agent|browser)\./.test(action);

/** True for what was switched off in the crontab or in agents, or on again. Only undoing the whole import reverses it. */
export const isOfOtherSide = ({ action }: AuditRecord): boolean => /^(?:crontab|agents)\./.test(action);

/** True for what decides which machines run a task. */
const isOfSharing = ({ action }: AuditRecord): boolean => action === 'task.share' || action === 'task.unshare';

/** Returns why `record` cannot be undone in `file`, or null. */
export function obstacleOf(file: ScheduleFile, record: AuditRecord): Obstacle | null {
  if (isOfAll(record)) {
    const same = isDeepStrictEqual(file.paused ?? null, record.after);
    return same ? null : conflict('All tasks were paused or resumed again since then.');
  }
  if (isOfAgents(record)) return notUndoable('It changed no task.');
  if (isOfOtherSide(record)) {
    return notUndoable('Undo the whole import, so that no task runs both here and where it was before.');
  }
  if (isOfSettings(record)) return notUndoable('It changed no task.');
  if (isOfSharing(record))
    return notUndoable('Where a shared task runs is changed by sharing it again, or by `unshare`.');
  const current = record.taskId === null ? null : ownTask(file, record.taskId);
  const { before, after } = statesOf(record);
  if (before === null && after === null) return notUndoable('The record does not say what it changed.');
  if (after === null) return current === null ? null : conflict('The task exists again.');
  if (current === null) return conflict('The task was deleted since then. Undo the deletion first.');
  if (before !== null) return fieldObstacle(current, editedFields(before, after));
  if (current.shared !== undefined) {
    // Also for a task that another member shared: the history here calls its arrival a creation.
    return notUndoable(
      'The task is shared: undoing its creation would delete it on every member. Make it local with `unshare`, or delete it.',
    );
  }
  // Undoing a creation deletes the task, and with it any later change. A later pause may be lost.
  const since = editedFields(after, current).filter(({ field }) => field !== 'state' && field !== 'skipUntil');
  return since.length === 0 ? null : changedAgain(since.map(({ field }) => field));
}

/** Without its revision in the fleet, which each change raises, also one that undoes another. */
const editedFields = (...[before, after]: Parameters<typeof differences>): FieldDifference[] =>
  differences(before, after).filter(({ field }) => field !== 'shared');

function fieldObstacle(current: Task, changed: readonly FieldDifference[]): Obstacle | null {
  if (changed.length === 0) return notUndoable('It changed nothing that can be undone.');
  const again = changed.filter(({ field, after }) => !isDeepStrictEqual(unitOf(current, field), after));
  return again.length === 0 ? null : changedAgain(again.map(({ field }) => field));
}

/**
 * Undoes a change in `draft`. Edits nothing if it throws.
 *
 * @throws SchedulerError `history/conflict`, `history/not-undoable` as `obstacleOf` says, `schedule/in-the-past` if a
 * one-shot whose date has passed would become active again, `task/invalid` for a chain that is no longer possible.
 */
export function undoChange(draft: ScheduleFile, record: AuditRecord, context: GroupContext): UndoneChange {
  const obstacle = obstacleOf(draft, record);
  if (obstacle !== null) throw obstacleError(record, obstacle);
  if (isOfAll(record)) return undoPause(draft, record);
  const { before, after } = statesOf(record);
  const current = ownTask(draft, record.taskId ?? '');
  if (current === null) return restore(draft, storedTask(record, before), context);
  return before === null
    ? remove(draft, current)
    : undoEdit(draft, current, editedFields(before, after), { record, context });
}

function undoPause(draft: ScheduleFile, { before }: AuditRecord): UndoneChange {
  const present = draft.paused ?? null;
  if (isRecord(before)) draft.paused = before as NonNullable<ScheduleFile['paused']>;
  else delete draft.paused;
  return { taskId: null, before: present, after: draft.paused ?? null, timingIds: [] };
}

function remove(draft: ScheduleFile, task: Task): UndoneChange {
  leaveGroup(draft, task);
  delete draft.tasks[task.id];
  return { taskId: task.id, before: task, after: null, timingIds: [task.timingId] };
}

/** Restores a deleted task with its own id, by which its runs and counts in the ledger find it. */
function restore(draft: ScheduleFile, before: Task, context: GroupContext): UndoneChange {
  const task = structuredClone(before);
  checkCircle(draft, task);
  // Slots that passed while the task did not exist do not count as missed.
  task.armedAt = context.nowIso;
  if (task.status === 'active' && hasPassed(task, context)) {
    task.status = 'paused';
    task.pauseNote = 'Its date passed while it was deleted. Give it a new date to run it.';
  }
  if (task.shared !== undefined) makeLocal(task);
  placeTask(draft, task, specOf(before), context);
  return { taskId: task.id, before: null, after: task, timingIds: [task.timingId] };
}

/** Another member may still run the task: one that made it local, or restored it as well. */
function makeLocal(task: Task): void {
  delete task.shared;
  if (task.status !== 'active') return;
  task.status = 'paused';
  task.pauseNote = 'It is local now: share it, or resume it here.';
}

function undoEdit(
  draft: ScheduleFile,
  current: Task,
  changed: readonly FieldDifference[],
  { record, context }: { readonly record: AuditRecord; readonly context: GroupContext },
): UndoneChange {
  const task = structuredClone(current);
  restoreFields(task, changed);
  task.updatedAt = context.nowIso;
  const schedule = changed.find(({ field }) => field === 'schedule');
  const spec = schedule === undefined ? null : specOf(storedTask(record, statesOf(record).before));
  const onceMs = spec === null ? instantOf(task.runAt) : spec.kind === 'once' ? spec.atMs : null;
  const isRearmed = task.status === 'active' && (schedule !== undefined || current.status !== 'active');
  if (isRearmed) {
    if (onceMs !== null && onceMs <= Date.parse(context.nowIso)) throw pastOneShot(task, onceMs);
    task.armedAt = context.nowIso;
  }
  checkChains(draft, task);
  // Without another schedule it stays in its group: of thousands of tasks, no schedule is read again.
  const stays = spec === null && draft.timings[task.timingId]?.taskIds.includes(task.id) === true;
  if (stays) draft.tasks[task.id] = task;
  else placeTask(draft, task, spec ?? specOf(task), context);
  return { taskId: task.id, before: current, after: task, timingIds: [...new Set([current.timingId, task.timingId])] };
}

export function obstacleError(record: AuditRecord, { code, message, fields }: Obstacle): SchedulerError {
  return new SchedulerError(code, `Change ${record.sequence} cannot be undone. ${message}`, {
    change: record.sequence,
    ...(record.taskId === null ? {} : { taskId: record.taskId }),
    fields,
  });
}

function pastOneShot(task: Task, atMs: number): SchedulerError {
  const runAt = new Date(atMs).toISOString();
  const message = `"${task.name}" was due once, on ${runAt}. Give it a new date to run it again.`;
  return new SchedulerError('schedule/in-the-past', message, { runAt });
}

const instantOf = (instant: string | undefined): number | null => (instant === undefined ? null : Date.parse(instant));

function hasPassed({ runAt }: Task, { nowIso }: GroupContext): boolean {
  return runAt !== undefined && Date.parse(runAt) <= Date.parse(nowIso);
}

function storedTask(record: AuditRecord, before: unknown): Task {
  const task = taskSchema.safeParse(before);
  if (task.success) return task.data;
  throw obstacleError(record, notUndoable('The recorded task can no longer be read.'));
}

/** Returns both states of the changed task. A state that is not an object is null. */
export function statesOf({ before, after }: Pick<AuditRecord, 'before' | 'after'>) {
  return { before: isRecord(before) ? before : null, after: isRecord(after) ? after : null };
}

function ownTask(file: ScheduleFile, taskId: string): Task | null {
  return Object.hasOwn(file.tasks, taskId) ? (file.tasks[taskId] ?? null) : null;
}

export function conflict(message: string): Obstacle {
  return { code: 'history/conflict', message, fields: [] };
}

export function notUndoable(message: string): Obstacle {
  return { code: 'history/not-undoable', message, fields: [] };
}

function changedAgain(fields: readonly string[]): Obstacle {
  const message = `These fields were changed again since then: ${fields.join(', ')}. Undo the later change first, or edit the task.`;
  return { code: 'history/conflict', message, fields };
}
