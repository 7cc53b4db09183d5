import type { TaskView } from '../../../main/contract/task.ts';
import { routeHash, taskPage } from '../../stores/route.ts';
import { bindClasses } from '../../ui/class-names.ts';
import styles from './overview.module.css';

const c = bindClasses(styles);

/** The name of a task, which opens its page. */
export const TaskLink = ({ task }: { task: Pick<TaskView, 'id' | 'name'> }) => (
  <a className={c('taskLink')} href={routeHash(taskPage(task.id))} dir="auto">
    {task.name}
  </a>
);
