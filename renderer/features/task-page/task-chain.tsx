import type { TaskView } from '../../../main/contract/task.ts';
import { useSchedule } from '../../session-context.tsx';
import { routeHash, taskPage } from '../../stores/route.ts';
import { text } from '../../text/en.ts';
import { bindClasses } from '../../ui/class-names.ts';
import { Ago } from '../../ui/clock.tsx';
import { StatusMarkOf } from '../../ui/status.tsx';
import styles from './task-chain.module.css';
import { StatusBadge } from './task-status.tsx';

const c = bindClasses(styles);
const words = text.chains;

interface Neighbour {
  /** Undefined if it was deleted. */
  readonly task: TaskView | undefined;
  readonly taskId: string;
  readonly on: keyof typeof words.on;
}

/** What runs before a task and after it, each with its last run. Nothing for a task that is in no chain. */
export function TaskChain({ task }: { task: TaskView }) {
  const tasks = useSchedule((schedule) => schedule.tasks);
  const before = (task.policies?.after ?? []).map(({ taskId, on }): Neighbour => {
    return { taskId, on, task: tasks.find(({ id }) => id === taskId) };
  });
  const after = tasks.flatMap((candidate) =>
    (candidate.policies?.after ?? [])
      .filter(({ taskId }) => taskId === task.id)
      .map(({ on }): Neighbour => ({ taskId: candidate.id, task: candidate, on })),
  );
  if (before.length === 0 && after.length === 0) return null;
  return (
    <section aria-label={words.title} className={c('chain')}>
      <Side label={words.runsAfter} neighbours={before} />
      <Side label={words.followedBy} neighbours={after} />
    </section>
  );
}

function Side({ label, neighbours }: { label: string; neighbours: readonly Neighbour[] }) {
  if (neighbours.length === 0) return null;
  return (
    <div className={c('side')}>
      <h2 className={c('label')}>{label}</h2>
      <ul className={c('tasks')} aria-label={label}>
        {neighbours.map(({ taskId, task, on }) => (
          <li key={`${taskId} ${on}`} className={c('task')}>
            {task === undefined ? (
              <span className={c('faint')}>{words.gone}</span>
            ) : (
              <>
                <a className={c('name')} href={routeHash(taskPage(taskId))} dir="auto">
                  {task.name}
                </a>
                <StatusBadge task={task} />
              </>
            )}
            <span className={c('faint')}>
              {words.on[on]}
              {task !== undefined && <LastRun task={task} />}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function LastRun({ task }: { task: TaskView }) {
  const { lastExecutionId, lastExecutionAt, lastStatus } = task;
  if (lastExecutionId === undefined || lastExecutionAt === undefined) return <> · {text.tasks.neverRan}</>;
  return (
    <>
      {' · '}
      <a className={c('run')} href={routeHash({ view: 'execution', executionId: lastExecutionId })}>
        {lastStatus !== undefined && <StatusMarkOf status={lastStatus} />} <Ago at={lastExecutionAt} />
      </a>
    </>
  );
}
