import type { Capability } from '../../../../main/contract/desktop.ts';
import type { Execution } from '../../../../main/contract/execution.ts';
import type { Schedule } from '../../../../main/contract/schedule-change.ts';
import type { TaskView } from '../../../../main/contract/task.ts';
import { isFailure } from '../../../ui/failure.ts';

/** The tasks, and whether this window can change them. */
interface FixableIn {
  readonly tasks: readonly Pick<TaskView, 'id' | 'tool' | 'parameters'>[];
  readonly store: Pick<Schedule['store'], 'state'>;
  readonly desktop: { readonly capabilities: readonly Capability[] };
}

/**
 * Returns the command of a task whose run failed, if it fits one line: what a person most often corrects. Null for other tools
 * and for scripts, which need the whole dialog, and where nothing can be saved.
 */
export function fixableCommand(
  { status, taskId }: Pick<Execution, 'status' | 'taskId'>,
  { tasks, store, desktop }: FixableIn,
): string | null {
  if (!isFailure(status) || store.state === 'read-only' || !desktop.capabilities.includes('change')) return null;
  const task = tasks.find(({ id }) => id === taskId);
  const command = task?.parameters['command'];
  return task?.tool === 'shell:run' && typeof command === 'string' && !command.includes('\n') ? command : null;
}
