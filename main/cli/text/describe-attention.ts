import type { TaskView } from '../../contract/task.ts';
import type { TextView } from './view.ts';

const words = {
  late: 'Late',
  long: 'Taking too long',
  overdue: 'Overdue',
  budget: 'Over budget',
  credentials: 'Cannot sign in',
} as const;

/** Returns a line for everything about these tasks that needs attention; empty if nothing does. */
export function describeAttention(tasks: readonly Pick<TaskView, 'name' | 'attention'>[], view: TextView): string {
  return tasks
    .flatMap(({ name, attention = [] }) =>
      attention.map(
        ({ kind, message }) => `${view.style('yellow', `${words[kind]}:`)} ${view.plain(name)}. ${view.plain(message)}`,
      ),
    )
    .join('\n');
}
