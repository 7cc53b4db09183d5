import {
  CalendarClock,
  Copy,
  Ellipsis,
  FileClock,
  FolderInput,
  History,
  Pause,
  PencilLine,
  Play,
  Square,
  Trash2,
  Zap,
} from 'lucide-react';
import type { DragEvent } from 'react';
import type { TaskView } from '../../../main/contract/task.ts';
import { useCommands, useExecutions } from '../../session-context.tsx';
import { routeHash, taskPage } from '../../stores/route.ts';
import { text } from '../../text/en.ts';
import { bindClasses } from '../../ui/class-names.ts';
import { Ago, useNow } from '../../ui/clock.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu } from '../../ui/menu.tsx';
import type { MenuEntry } from '../../ui/menu.tsx';
import { DoubtMark, StatusMark, StatusMarkOf } from '../../ui/status.tsx';
import { taskSummary } from './groups.ts';
import { TASK_DRAG_TYPE } from './use-task-drop.ts';
import styles from './task-row.module.css';

const c = bindClasses(styles);

export function TaskRow({ task }: { task: TaskView }) {
  const onDragStart = (event: DragEvent) => {
    event.dataTransfer.setData(TASK_DRAG_TYPE, task.id);
    event.dataTransfer.effectAllowed = 'move';
  };
  return (
    <li
      className={c('row', task.status !== 'active' && 'resting')}
      aria-label={task.name}
      draggable
      onDragStart={onDragStart}
    >
      <span className={c('status')}>
        <LastStatus task={task} />
      </span>
      <a className={c('name')} title={text.taskPage.open(task.name)} href={routeHash(taskPage(task.id))}>
        {task.name}
      </a>
      <code className={c('summary')} title={taskSummary(task)}>
        {taskSummary(task)}
      </code>
      <TaskState task={task} />
      <TaskActions task={task} />
    </li>
  );
}

function LastStatus({ task }: { task: TaskView }) {
  if (task.running > 0) return <StatusMark status="running" iconOnly />;
  if (task.lastDoubtful === true) return <DoubtMark iconOnly />;
  if (task.lastStatus !== undefined) return <StatusMarkOf status={task.lastStatus} />;
  return (
    <span className={c('never')} title={text.tasks.neverRan}>
      <span className="visually-hidden">{text.tasks.neverRan}</span>
    </span>
  );
}

/** Shows the most important fact about a task: that it is running, why it does not run, or when it last ran. */
function TaskState({ task }: { task: TaskView }) {
  const now = useNow(30_000);
  if (task.status !== 'active') {
    const reason = text.tasks.whyNotRunning(task, now);
    return (
      <span className={c('state', task.status === 'error' && 'bad')} title={task.errorMessage ?? task.pauseNote}>
        {reason}
      </span>
    );
  }
  const [attention] = task.attention ?? [];
  if (attention !== undefined) {
    return (
      <span className={c('state', 'warn')} title={attention.message}>
        {text.attention.kinds[attention.kind]}
      </span>
    );
  }
  if (task.running > 0) return <span className={c('state', 'running')}>{text.tasks.running(task.running)}</span>;
  if (task.lastExecutionId === undefined || task.lastExecutionAt === undefined) {
    return <span className={c('state')}>{text.tasks.neverRan}</span>;
  }
  return (
    <a className={c('state', 'link')} href={routeHash({ view: 'execution', executionId: task.lastExecutionId })}>
      {text.tasks.ran} <Ago at={task.lastExecutionAt} />
    </a>
  );
}

function TaskActions({ task }: { task: TaskView }) {
  const { tasks, executions } = useCommands();
  const running = useExecutions((state) =>
    state.recent.find((execution) => execution.taskId === task.id && execution.status === 'running'),
  );
  return (
    <span className={c('actions')}>
      {running && (
        <IconButton
          label={text.executions.cancel}
          icon={<Square aria-hidden />}
          onClick={() => void executions.cancel(running)}
        />
      )}
      <IconButton label={text.tasks.runNow} icon={<Zap aria-hidden />} onClick={() => void tasks.runNow(task)} />
      {task.status === 'paused' || task.status === 'error' ? (
        <IconButton label={text.tasks.resume} icon={<Play aria-hidden />} onClick={() => void tasks.resume(task)} />
      ) : (
        <IconButton
          label={text.tasks.pause}
          icon={<Pause aria-hidden />}
          disabled={task.status === 'completed'}
          onClick={() => void tasks.pause(task)}
        />
      )}
      <Menu entries={useTaskMenu(task)}>
        <button type="button" className={c('menu')} aria-label={text.tasks.moreFor(task.name)}>
          <Ellipsis aria-hidden />
        </button>
      </Menu>
    </span>
  );
}

export function useTaskMenu(task: TaskView): MenuEntry[] {
  const { tasks, navigation, executions } = useCommands();
  const showRuns = () => {
    void executions.query({ taskId: task.id });
    navigation.go({ view: 'executions' });
  };
  return [
    {
      label: text.tasks.edit,
      icon: <PencilLine aria-hidden />,
      onSelect: () => navigation.openEditor({ kind: 'edit', taskId: task.id }),
    },
    {
      label: text.tasks.duplicate,
      icon: <Copy aria-hidden />,
      onSelect: () => navigation.openEditor({ kind: 'duplicate', taskId: task.id }),
    },
    {
      label: text.tasks.move,
      icon: <FolderInput aria-hidden />,
      onSelect: () => navigation.askToMove({ taskId: task.id, timingId: null }),
    },
    {
      label: text.backfill.menu,
      icon: <CalendarClock aria-hidden />,
      onSelect: () => navigation.askToBackfill(task.id),
    },
    { label: text.tasks.showRuns, icon: <FileClock aria-hidden />, onSelect: showRuns },
    {
      label: text.history.menu,
      icon: <History aria-hidden />,
      onSelect: () => navigation.openHistory({ kind: 'history', taskId: task.id, name: task.name }),
    },
    {
      label: text.tasks.delete,
      icon: <Trash2 aria-hidden />,
      danger: true,
      separated: true,
      onSelect: () => void tasks.remove(task),
    },
  ];
}
