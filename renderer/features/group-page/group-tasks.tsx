import { useMemo, useState } from 'react';
import type { TaskView } from '../../../main/contract/task.ts';
import type { Strip } from '../../../main/contract/task-report.ts';
import { routeHash, taskPage } from '../../stores/route.ts';
import { text } from '../../text/en.ts';
import { Button } from '../../ui/button.tsx';
import { bindClasses } from '../../ui/class-names.ts';
import { Ago } from '../../ui/clock.tsx';
import { inChains } from '../task-list/arrange/chains.ts';
import { RunStrip } from '../task-page/run-strip.tsx';
import { AfterMark } from '../chains/after-mark.tsx';
import { StatusBadge } from '../task-page/task-status.tsx';
import styles from './group-page.module.css';

const c = bindClasses(styles);
const words = text.groupPage;

/** Tasks that are shown until the person asks for all. */
const AT_FIRST = 50;

interface GroupTasksProps {
  tasks: readonly TaskView[];
  /** The strips by task id; null until they have arrived. */
  strips: Readonly<Record<string, Strip>> | null;
}

/** The tasks of a group, each with its state and its latest runs. */
export function GroupTasks({ tasks, strips }: GroupTasksProps) {
  const [all, setAll] = useState(false);
  const links = useMemo(() => inChains(tasks), [tasks]);
  const shown = all ? links : links.slice(0, AT_FIRST);
  return (
    <section aria-label={words.list}>
      <ul>
        {shown.map(({ task, depth }) => (
          <li key={task.id} className={c('row')} aria-label={task.name}>
            <span className={c('named')} style={depth === 0 ? undefined : { paddingLeft: `${depth}rem` }}>
              <a className={c('name')} href={routeHash(taskPage(task.id))} dir="auto">
                {task.name}
              </a>
              <AfterMark task={task} />
            </span>
            <StatusBadge task={task} />
            <span className={c('last')}>
              {task.lastExecutionAt === undefined ? text.tasks.neverRan : <Ago at={task.lastExecutionAt} />}
            </span>
            <div className={c('strip')}>
              {strips?.[task.id] !== undefined && (
                <RunStrip compact taskId={task.id} strip={strips[task.id] ?? []} label={words.stripOf(task.name)} />
              )}
            </div>
          </li>
        ))}
      </ul>
      {shown.length < tasks.length && (
        <Button look="quiet" size="small" onClick={() => setAll(true)}>
          {words.showAll(tasks.length)}
        </Button>
      )}
    </section>
  );
}
