import { CalendarX2, CircleAlert } from 'lucide-react';
import type { TaskView, TimingView } from '../../../main/contract/task.ts';
import { useSchedule, useSession } from '../../session-context.tsx';
import type { TaskTab } from '../../stores/route.ts';
import { text } from '../../text/en.ts';
import { bindClasses } from '../../ui/class-names.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Loading } from '../../ui/loading.tsx';
import { View } from '../../ui/view.tsx';
import { BackToGroups } from './back-to-groups.tsx';
import { Figures } from './figures.tsx';
import { RunStrip } from './run-strip.tsx';
import { TaskActions } from './task-actions.tsx';
import { TaskChain } from './task-chain.tsx';
import { TaskFacts } from './task-facts.tsx';
import { TaskNotices } from './task-notices.tsx';
import styles from './task-page.module.css';
import { StatusBadge } from './task-status.tsx';
import { TaskTabs } from './tabs/task-tabs.tsx';
import { useEditKey } from './use-edit-key.ts';
import { useKept } from './use-report.ts';

const c = bindClasses(styles);

interface TaskPageProps {
  taskId: string;
  tab: TaskTab;
  slot: string | null;
}

/** The page of a task: its state, its latest runs, and everything known about it. */
export function TaskPageView({ taskId, tab, slot }: TaskPageProps) {
  const task = useSchedule((schedule) => schedule.tasks.find(({ id }) => id === taskId));
  const timing = useSchedule((schedule) => schedule.timings.find(({ id }) => id === task?.timingId));
  if (task === undefined || timing === undefined) {
    return (
      <View title={<BackToGroups />}>
        <EmptyState icon={<CalendarX2 />} title={text.taskPage.gone}>
          {text.taskPage.goneHint}
        </EmptyState>
      </View>
    );
  }
  return <KnownTask task={task} timing={timing} tab={tab} slot={slot} />;
}

interface KnownTaskProps extends Omit<TaskPageProps, 'taskId'> {
  task: TaskView;
  timing: TimingView;
}

function KnownTask({ task, timing, tab, slot }: KnownTaskProps) {
  const { call } = useSession();
  const paused = useSchedule((schedule) => schedule.paused);
  const { value: report, failure } = useKept(reportKey(task, timing, paused), () =>
    call('reports.task', { taskId: task.id }),
  );
  useEditKey(task.id);
  const title = (
    <div className={c('title')}>
      <BackToGroups />
      <div className={c('named')}>
        <h1 className={c('name')} dir="auto">
          {task.name}
        </h1>
        <StatusBadge task={task} />
      </div>
    </div>
  );
  return (
    <View title={title} tools={<TaskActions task={task} />}>
      <div className={c('page')}>
        <div className={c('top')}>
          <TaskNotices task={task} report={report} />
          <TaskFacts task={task} timing={timing} next={report?.next ?? null} usage={report?.usage ?? null} />
          <TaskChain task={task} />
          {failure !== null && (
            <p className={c('failure')} role="alert">
              <CircleAlert aria-hidden /> {text.taskPage.unreadable}: {failure}
            </p>
          )}
          {report === null && failure === null && <Loading />}
          {report !== null && (
            <>
              <RunStrip taskId={task.id} strip={report.strip} label={text.taskPage.strip} />
              <Figures figures={report.figures} />
            </>
          )}
        </div>
        <TaskTabs task={task} tab={tab} slot={slot} report={report} />
      </div>
    </View>
  );
}

/** Everything on which the report of a task depends. Each run changes some of it. */
function reportKey(task: TaskView, timing: TimingView, paused: unknown): string {
  const { id, lastExecutionId, lastStatus, running, status, skipUntil, updatedAt, pausedUntil } = task;
  return JSON.stringify([
    ...[id, lastExecutionId, lastStatus, running, status, skipUntil, updatedAt, pausedUntil],
    ...[timing.nextExecutionAt, paused],
  ]);
}
