import type { TaskView } from '../../../main/contract/task.ts';
import { useSchedule } from '../../session-context.tsx';
import { afterWords, linksOf } from './links.ts';

/** Returns after which tasks a task runs, in words; empty for a task without links. */
export const useAfterWords = (task: Pick<TaskView, 'policies'>): string =>
  useSchedule(({ tasks }) => afterWords(linksOf(task), (id) => tasks.find((other) => other.id === id)?.name));
