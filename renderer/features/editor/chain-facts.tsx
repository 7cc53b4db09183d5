import type { TaskView } from '../../../main/contract/task.ts';
import { useSchedule } from '../../session-context.tsx';
import { text } from '../../text/en.ts';
import { bindClasses } from '../../ui/class-names.ts';
import styles from './task-editor.module.css';

const c = bindClasses(styles);
const words = text.chains;

/** Says after which tasks a task runs, and which run after it. Nothing for a task without either. */
export function ChainFacts({ taskId }: { taskId: string }) {
  const tasks = useSchedule((schedule) => schedule.tasks);
  const before = linksOf(tasks.find(({ id }) => id === taskId)).map(({ taskId: id, on }) => {
    const name = tasks.find((task) => task.id === id)?.name ?? words.gone;
    return `${name} (${words.on[on]})`;
  });
  const after = tasks.flatMap((task) =>
    linksOf(task)
      .filter((link) => link.taskId === taskId)
      .map(({ on }) => `${task.name} (${words.on[on]})`),
  );
  if (before.length === 0 && after.length === 0) return null;
  return (
    <section aria-label={words.title} className={c('chain')}>
      {before.length > 0 && (
        <p>
          {words.runsAfter}: {before.join(', ')}
        </p>
      )}
      {after.length > 0 && (
        <p>
          {words.followedBy}: {after.join(', ')}
        </p>
      )}
      {before.length > 0 && <p className={c('chainHint')}>{words.hint}</p>}
    </section>
  );
}

const linksOf = (task: TaskView | undefined) => task?.policies?.after ?? [];
