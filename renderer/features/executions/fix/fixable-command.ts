import type { Execution } from '../../../../main/contract/execution.ts';
import type { TaskView } from '../../../../main/contract/task.ts';
import { isFailure } from '../../../ui/failure.ts';

/**
 * Returns the command of a task whose run failed, if it fits one line: what a person most often corrects. Null for other tools
 * and for scripts, which need the whole dialog.
 */
export function fixableCommand(
  { status, taskId }: Pick<Execution, 'status' | 'taskId'>,
  tasks: readonly Pick<TaskView, 'id' | 'tool' | 'parameters'>[],
): string | null {
  if (!isFailure(status)) return null;
  const task = tasks.find(({ id }) => id === taskId);
  const command = task?.parameters['command'];
  return task?.tool === 'shell:run' && typeof command === 'string' && !command.includes('\n') ? command : null;
}
