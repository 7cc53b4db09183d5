import { scheduleText } from '../../../../main/contract/schedule-rule.ts';
import type { TaskView } from '../../../../main/contract/task.ts';
import { bindClasses } from '../../../ui/class-names.ts';
import { HistoryList } from '../../history/history-list.tsx';
import styles from '../task-page.module.css';

const c = bindClasses(styles);

/** All changes of a task, each with Undo. Read again after each change. */
export function HistoryTab({ task }: { task: TaskView }) {
  const { id, updatedAt, status, skipUntil, pausedUntil } = task;
  const version = [id, updatedAt, status, skipUntil, pausedUntil, scheduleText(task)].join(' ');
  return (
    <div className={c('padded')}>
      <HistoryList key={version} taskId={id} />
    </div>
  );
}
