import { CornerDownRight } from 'lucide-react';
import type { TaskView } from '../../../main/contract/task.ts';
import { bindClasses } from '../../ui/class-names.ts';
import { useAfterWords } from './use-after-words.ts';
import styles from './chains.module.css';

const c = bindClasses(styles);

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
