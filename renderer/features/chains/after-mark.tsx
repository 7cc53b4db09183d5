import { CornerDownRight } from 'lucide-react';
import type { TaskView } from '../../../main/contract/task.ts';
import { useSchedule } from '../../session-context.tsx';
import { bindClasses } from '../../ui/class-names.ts';
import { afterWords, linksOf } from './links.ts';
import styles from './chains.module.css';

const c = bindClasses(styles);

/** Returns after which tasks a task runs, in words; empty for a task without links. */
export const useAfterWords = (task: Pick<TaskView, 'policies'>): string =>
  useSchedule(({ tasks }) => afterWords(linksOf(task), (id) => tasks.find((other) => other.id === id)?.name));

/** Says in a list that a task also runs after others. Nothing for a task that does not. */
export function AfterMark({ task }: { task: Pick<TaskView, 'policies'> }) {
  const words = useAfterWords(task);
  if (words === '') return null;
  return (
    <span className={c('mark')} title={words}>
      <CornerDownRight aria-hidden />
      <span className={c('words')}>{words}</span>
    </span>
  );
}
