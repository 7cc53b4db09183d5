import { createHash } from 'node:crypto';
import type { ScheduleFile, Task } from '../../../contract/task.ts';
import { canonicalJson } from '../../../domain/canonical-json.ts';
import { definitionOf, type Definition } from '../../../domain/fleet/definition.ts';
import type { Marks } from '../../../ports/ledger/marks.ts';

const markOf = (taskId: string): string => `fleet-left ${taskId}`;
const longestName = 200;

/** Remembers the definition that a task has when this machine leaves its fleet. */
export function rememberLeft(task: Task, ledger: Marks): void {
  ledger.setMark(markOf(task.id), digestOf(definitionOf(task)));
}

/**
 * Returns whether a local task holds changes that would be lost if the definition of the fleet replaced it. A task that was
 * only paused, because this machine left the fleet, holds none.
 */
export function hasOwnChanges(local: Task, fleet: Definition, ledger: Marks): boolean {
  const digest = digestOf(definitionOf(local));
  return digest !== digestOf(fleet) && digest !== ledger.mark(markOf(local.id));
}

/** Returns a paused copy of a local task that is about to be replaced by the fleet's, with an id and a name of its own. */
export function keptCopy(local: Task, file: ScheduleFile, { newId, now }: { newId: () => string; now: string }): Task {
  const copy: Task = { ...structuredClone(local), id: newId(), name: freeName(local.name, file) };
  return {
    ...copy,
    status: 'paused',
    pauseNote: `Your version of "${local.name}", kept because the fleet has another one under the same id.`,
    updatedAt: now,
  };
}

function freeName(name: string, { tasks }: ScheduleFile): string {
  const taken = new Set(Object.values(tasks).map((task) => task.name));
  for (let number = 1; ; number += 1) {
    const suffix = number === 1 ? ' (local copy)' : ` (local copy ${number})`;
    const candidate = `${name.slice(0, longestName - suffix.length)}${suffix}`;
    if (!taken.has(candidate)) return candidate;
  }
}

/** Without the state: leaving pauses a task, and a pause is no work that could be lost. */
function digestOf({ status: _status, pauseNote: _note, pausedUntil: _until, skipUntil: _skip, ...rest }: Definition) {
  return createHash('sha256').update(canonicalJson(rest)).digest('base64');
}
