import { formatDuration } from '../../../../main/contract/durations.ts';
import { eventsOf, scheduleText } from '../../../../main/contract/schedule-rule.ts';
import type { TaskView, TimingView } from '../../../../main/contract/task.ts';
import { useSchedule } from '../../../session-context.tsx';
import { routeHash } from '../../../stores/route.ts';
import { text } from '../../../text/en.ts';
import { formatMoment } from '../../../text/format.ts';
import { bindClasses } from '../../../ui/class-names.ts';
import { Ago, Countdown, useNow } from '../../../ui/clock.tsx';
import { DoubtMark, StatusMark, StatusMarkOf } from '../../../ui/status.tsx';
import { shownNextRun } from './next-run.ts';
import styles from './task-cells.module.css';

const c = bindClasses(styles);
const words = text.taskList;

export function LastStatus({ task }: { task: TaskView }) {
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
export function LastRun({ task }: { task: TaskView }) {
  const now = useNow(30_000);
  if (task.status !== 'active') {
    const reason = text.tasks.whyNotRunning(task, now);
    return (
      <span className={c('state', task.status === 'error' && 'bad')} title={task.errorMessage ?? reason}>
        {reason}
      </span>
    );
  }
  if (task.skipUntil !== undefined && Date.parse(task.skipUntil) > now) {
    return <span className={c('state')}>{text.pausing.skipping(task.skipUntil, now)}</span>;
  }
  if (task.startDate !== undefined && Date.parse(task.startDate) > now) {
    return <span className={c('state')}>{text.tasks.starts(task.startDate, now)}</span>;
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
    <a
      tabIndex={-1}
      className={c('state', 'link')}
      href={routeHash({ view: 'execution', executionId: task.lastExecutionId })}
    >
      <Ago at={task.lastExecutionAt} />
    </a>
  );
}

export function NextRun({ task, timing }: { task: TaskView; timing: TimingView | undefined }) {
  const now = useNow(30_000);
  const allPaused = useSchedule((schedule) => schedule.paused !== null);
  const next = allPaused ? undefined : shownNextRun(task, timing, now);
  if (next === undefined) {
    const isWaiting = task.status === 'active' && !allPaused && eventsOf(task).length > 0;
    return <span className={c('state')}>{isWaiting ? scheduleText(task) : words.unknown}</span>;
  }
  return (
    <span className={c('figure')} title={formatMoment(next, now)}>
      <Countdown to={next} />
    </span>
  );
}

export function Usual({ ms }: { ms: number | null }) {
  return (
    <span className={c('figure', ms === null && 'faint')}>{ms === null ? words.unknown : formatDuration(ms)}</span>
  );
}

/** Rates below this are marked: about one failure in five runs. */
const GOOD_RATE = 0.8;

export function Success({ rate }: { rate: number | null }) {
  if (rate === null) return <span className={c('figure', 'faint')}>{words.unknown}</span>;
  return <span className={c('figure', rate < GOOD_RATE && 'bad')}>{words.share(rate)}</span>;
}
