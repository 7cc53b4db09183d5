import type { Change, FieldDifference } from '../../contract/history.ts';
import type { TaskView } from '../../contract/task.ts';
import { SchedulerError } from '../../domain/errors.ts';

interface Entry {
  readonly change: Change;
  readonly before: TaskView | null;
}

/** The changes a window was shown to make. Undo puts the task back as it was, whatever came after. */
export class FakeHistory {
  readonly #entries: Entry[] = [];

  record(action: string, before: TaskView | null, after: TaskView | null, more: Partial<Change> = {}): Change {
    const change: Change = {
      id: this.#entries.length + 1,
      at: new Date().toISOString(),
      author: 'window',
      action,
      kind: before === null ? 'created' : after === null ? 'deleted' : 'changed',
      taskId: (after ?? before)?.id ?? null,
      taskName: (after ?? before)?.name ?? null,
      differences: differences(before, after),
      batch: null,
      undoes: null,
      obstacle: null,
      ...more,
    };
    this.#entries.push({ change, before });
    return change;
  }

  list({ taskId, batch, limit }: { taskId?: string | undefined; batch?: string | undefined; limit: number }): Change[] {
    const found = this.#entries.filter(
      ({ change }) =>
        (taskId === undefined || change.taskId === taskId) && (batch === undefined || change.batch === batch),
    );
    return found
      .map(({ change }) => change)
      .reverse()
      .slice(0, limit);
  }

  undoChange(changeId: number, tasks: Map<string, TaskView>, nowMs: number): Change {
    const entry = this.#entries.find(({ change }) => change.id === changeId);
    if (entry === undefined) throw new SchedulerError('history/not-found', `There is no change ${changeId}.`);
    const taskId = entry.change.taskId ?? '';
    const present = tasks.get(taskId) ?? null;
    if (entry.before === null) tasks.delete(taskId);
    else tasks.set(taskId, entry.before);
    entry.change.obstacle = 'It has already been undone.';
    return this.record('task.undo', present, entry.before, { undoes: changeId, at: new Date(nowMs).toISOString() });
  }
}

function differences(before: TaskView | null, after: TaskView | null): FieldDifference[] {
  const [old, now] = [shownOf(before), shownOf(after)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((field) => {
    const [was, is] = [old.get(field) ?? null, now.get(field) ?? null];
    return JSON.stringify(was) === JSON.stringify(is) ? [] : [{ field, before: was, after: is }];
  });
}

/** The fields of a definition, the schedule and the state each as one. */
function shownOf(task: TaskView | null): Map<string, unknown> {
  if (task === null) return new Map();
  const { name, description, tool, parameters, cronExpression, timezone, runAt, status, pausedUntil, pauseNote } = task;
  const given = (fields: object) =>
    Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  const fields = {
    ...{ name, description, tool, parameters },
    schedule: given({ cronExpression, timezone, runAt }),
    state: given({ status, pausedUntil, pauseNote }),
  };
  return new Map(Object.entries(fields).filter(([, value]) => value !== undefined));
}
