import { eventsOf, hasNoTimes, onceAt, scheduleText } from '../../../main/contract/schedule-rule.ts';
import type { TaskView, TimingView } from '../../../main/contract/task.ts';
import type { TaskReport } from '../../../main/contract/task-report.ts';
import { useSchedule } from '../../session-context.tsx';
import { routeHash } from '../../stores/route.ts';
import { text } from '../../text/en.ts';
import { formatInstant, formatMoment, formatZone } from '../../text/format.ts';
import { bindClasses } from '../../ui/class-names.ts';
import { Countdown, useNow } from '../../ui/clock.tsx';
import { Markdown } from '../../ui/markdown/markdown.tsx';
import { OsEntryMark } from '../groups/os-entry-mark.tsx';
import { noNextWords, taskSummary } from '../groups/groups.ts';
import { AlertFacts } from './alert-facts.tsx';
import { UsageFacts } from './usage-facts.tsx';
import styles from './task-page.module.css';

const c = bindClasses(styles);

interface TaskFactsProps {
  task: TaskView;
  timing: TimingView;
  /** Null until the report has arrived. */
  next: TaskReport['next'] | null;
  /** Null until the report has arrived. */
  usage: TaskReport['usage'] | null;
}

/** When a task runs, in words, and what it runs. */
export function TaskFacts({ task, timing, next, usage }: TaskFactsProps) {
  const machineZone = useSchedule((schedule) => schedule.app.timezone);
  return (
    <div className={c('facts')}>
      <p className={c('schedule')}>
        <a
          className={c('sentence')}
          href={routeHash({ view: 'group', timingId: timing.id })}
          title={text.taskPage.group}
        >
          {timing.sentence}
        </a>
        {!hasNoTimes(timing) && (
          <code data-selectable>{onceAt(timing) === undefined ? scheduleText(timing) : text.groups.once}</code>
        )}
        {eventsOf(timing).length === 0 && timing.timezone !== machineZone && (
          <span className={c('faint')} title={text.groups.zone(timing.timezone)}>
            {formatZone(timing.timezone)}
          </span>
        )}
        <OsEntryMark entry={timing.osEntry} />
      </p>
      <code className={c('command')} data-selectable title={taskSummary(task)}>
        {taskSummary(task)}
      </code>
      {task.shared !== undefined && (
        <p className={c('faint')} title={text.taskPage.shared.hint(task.shared.revision, task.shared.author)}>
          {text.taskPage.shared.runsOn(task.shared.runsOn)}
        </p>
      )}
      <AlertFacts taskId={task.id} />
      {usage !== null && <UsageFacts usage={usage} />}
      {next !== null && <NextRuns next={next} timing={timing} />}
      {task.description !== undefined && (
        <section aria-label={text.taskPage.notes} className={c('notes')}>
          <Markdown source={task.description} />
        </section>
      )}
    </div>
  );
}

/** The next runs of a task; those that are skipped on request say so. */
function NextRuns({ next, timing }: { next: TaskReport['next']; timing: TimingView }) {
  const now = useNow(30_000);
  const first = next.find(({ isSkipped, dayOff }) => !isSkipped && dayOff === null);
  if (next.length === 0) return <p className={c('faint')}>{noNextWords(timing)}</p>;
  return (
    <ol className={c('next')} aria-label={text.taskPage.next}>
      {next.map(({ slot, isSkipped, dayOff }) => (
        <li key={slot} className={c((isSkipped || dayOff !== null) && 'skippedSlot')}>
          <time dateTime={slot} title={formatInstant(slot)}>
            {formatMoment(slot, now)}
          </time>
          {isSkipped && <span> {text.taskPage.skipped}</span>}
          {dayOff !== null && <span> {dayOff}</span>}
          {slot === first?.slot && (
            <strong className={c('countdown')}>
              <Countdown to={slot} />
            </strong>
          )}
        </li>
      ))}
    </ol>
  );
}
