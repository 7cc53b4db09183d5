import type { Change } from '../../contract/history.ts';
import { policiesSchema, type Task } from '../../contract/task.ts';
import type { FieldDifference } from '../../contract/proposal.ts';
import { SchedulerError } from '../../domain/errors.ts';
import { isRecord } from '../history/differences.ts';
import { plainCode } from '../../domain/visible-text.ts';
import { chainText, type Tasks } from './task-differences.ts';

/** What undoing a change would do to its task. */
export interface UndoneTask {
  readonly taskId: string;
  /** The task's name at the time of the change. */
  readonly name: string;
  readonly action: string;
  /** The tool after the undo: null if the task would not exist, absent if it stays. */
  readonly tool?: string | null;
  /** The parameters after the undo; absent if they stay. */
  readonly parameters?: Task['parameters'];
  readonly differences: FieldDifference[];
}

/**
 * Returns what undoing a change would do, as text that is safe to display.
 * @throws SchedulerError `history/not-undoable` for a change of the settings or of all schedules, which agents may not
 * undo, and for a change that cannot be undone now.
 */
export function undoneTask(change: Change, tasks: Tasks): UndoneTask {
  const { id, taskId, taskName, action, kind, obstacle, differences } = change;
  if (taskId === null || action.startsWith('agent.')) {
    const message = `Change ${id} is not a change of a task. Ask the user to undo it in the window, or with \`ncp-scheduler undo ${id}\`.`;
    throw new SchedulerError('history/not-undoable', message, { change: id });
  }
  if (obstacle !== null) throw new SchedulerError('history/not-undoable', obstacle, { change: id });
  const tool = differences.find(({ field }) => field === 'tool')?.before;
  const parameters = differences.find(({ field }) => field === 'parameters')?.before;
  return {
    ...{ taskId, action, name: taskName ?? taskId },
    ...(kind === 'created' ? { tool: null } : {}),
    ...(typeof tool === 'string' ? { tool } : {}),
    ...(isRecord(parameters) ? { parameters } : {}),
    differences: differences.map(({ field, before, after }) => ({
      field: plainCode(field),
      before: textOf(field, after, tasks),
      after: textOf(field, before, tasks),
    })),
  };
}

function textOf(field: string, value: unknown, tasks: Tasks): string | null {
  if (value === null || value === undefined) return null;
  const links = field === 'policies.after' ? policiesSchema.shape.after.safeParse(value).data : undefined;
  if (links !== undefined) return plainCode(chainText(links, tasks));
  return plainCode(typeof value === 'string' ? value : JSON.stringify(value));
}
