import { hasNoTimes, onceAt, scheduleText } from '../../../main/contract/schedule-rule.ts';
import type { TimingView } from '../../../main/contract/task.ts';
import { useSchedule } from '../../session-context.tsx';
import { text } from '../../text/en.ts';
import { formatInstant, formatMoment, formatZone } from '../../text/format.ts';
import { bindClasses } from '../../ui/class-names.ts';
import { Countdown, useNow } from '../../ui/clock.tsx';
import { noNextWords } from '../groups/groups.ts';
import { OsEntryMark } from '../groups/os-entry-mark.tsx';
import styles from '../task-page/task-page.module.css';

const c = bindClasses(styles);

/** When a group runs, and whether the operating system starts it. */
export function GroupFacts({ timing }: { timing: TimingView }) {
  const now = useNow(30_000);
  const areAllPaused = useSchedule((schedule) => schedule.paused !== null);
  const { osEntry } = timing;
  const noTimes = hasNoTimes(timing);
  const [first, ...later] = timing.nextRuns.filter((run) => Date.parse(run) > now);
  return (
    <div className={c('facts')}>
      <p className={c('schedule')}>
        <code data-selectable>{onceAt(timing) === undefined ? scheduleText(timing) : text.groups.once}</code>
        {!noTimes && <span className={c('faint')}>{formatZone(timing.timezone)}</span>}
        <OsEntryMark entry={osEntry} />
      </p>
      {!(noTimes && osEntry.state === 'not-needed') && (
        <p className={c('faint')} data-selectable>
          {[text.osEntry.explain[osEntry.state], osEntry.detail, osEntry.path].filter(Boolean).join(' ')}
        </p>
      )}
      {first === undefined || areAllPaused ? (
        <p className={c('faint')}>{areAllPaused ? text.overview.pausedHint : noNextWords(timing)}</p>
      ) : (
        <ol className={c('next')} aria-label={text.taskPage.next}>
          <li>
            <time dateTime={first} title={formatInstant(first)}>
              {formatMoment(first, now)}
            </time>
            <strong className={c('countdown')}>
              <Countdown to={first} />
            </strong>
          </li>
          {later.map((run) => (
            <li key={run}>
              <time dateTime={run} title={formatInstant(run)}>
                {formatMoment(run, now)}
              </time>
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}
