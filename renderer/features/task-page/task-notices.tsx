import { CirclePause, CircleX, Clock3, Lightbulb, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { TaskView } from '../../../main/contract/task.ts';
import type { TaskReport } from '../../../main/contract/task-report.ts';
import { routeHash } from '../../stores/route.ts';
import { text } from '../../text/en.ts';
import { formatMoment } from '../../text/format.ts';
import { bindClasses } from '../../ui/class-names.ts';
import { useNow } from '../../ui/clock.tsx';
import { isFailure } from '../../ui/failure.ts';
import styles from './task-page.module.css';

const c = bindClasses(styles);

/** What a person should know first: why the task does not run, what failed, what is late, what is unusual. */
export function TaskNotices({ task, report }: { task: TaskView; report: TaskReport | null }) {
  const now = useNow(30_000);
  const { pausedUntil: until, pauseNote: note } = task;
  const failure = report?.lastFailure ?? null;
  const isFailing = isFailure(task.lastStatus);
  return (
    <div className={c('notices')}>
      {task.status === 'paused' && (
        <Notice tone="quiet" icon={<CirclePause />}>
          {text.taskPage.pausedFacts(report?.pausedBy ?? null, { until, note }, now)}
        </Notice>
      )}
      {task.status === 'error' && (
        <Notice tone="bad" icon={<CircleX />}>
          {task.errorMessage ?? text.taskPage.status.error}
        </Notice>
      )}
      {failure !== null && (
        <Notice tone={isFailing ? 'bad' : 'quiet'} icon={<TriangleAlert />}>
          <span className={c('faint')}>{text.taskPage.lastFailure(formatMoment(failure.at, now))}: </span>
          <code className={c('line')}>{failure.reason}</code>{' '}
          <a className={c('link')} href={routeHash({ view: 'execution', executionId: failure.executionId })}>
            {text.taskPage.showInLog}
          </a>
        </Notice>
      )}
      {(task.attention ?? []).map(({ kind, message }) => (
        <Notice key={kind} tone="warn" icon={<Clock3 />}>
          {message}
        </Notice>
      ))}
      {(report?.hints ?? []).map((hint) => (
        <Notice key={hint.kind} tone="warn" icon={<Lightbulb />}>
          {text.taskPage.hint(hint, now)}
          {hint.kind === 'short-log' && (
            <>
              {' '}
              <a className={c('link')} href={routeHash({ view: 'execution', executionId: hint.executionId })}>
                {text.tasks.showLog}
              </a>
            </>
          )}
        </Notice>
      ))}
    </div>
  );
}

function Notice({ tone, icon, children }: { tone: 'quiet' | 'bad' | 'warn'; icon: ReactNode; children: ReactNode }) {
  return (
    <div className={c('notice', `${tone}Notice`)}>
      <span aria-hidden className={c('noticeIcon')}>
        {icon}
      </span>
      <p data-selectable>{children}</p>
    </div>
  );
}
