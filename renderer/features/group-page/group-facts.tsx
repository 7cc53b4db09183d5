import { isOnDemand, onceAt, scheduleText } from '../../../main/contract/schedule-rule.ts';
import type { TimingView } from '../../../main/contract/task.ts';
import { text } from '../../text/en.ts';
import { formatInstant, formatMoment, formatZone } from '../../text/format.ts';
import { bindClasses } from '../../ui/class-names.ts';
import { Countdown, useNow } from '../../ui/clock.tsx';
import { OsEntryMark } from '../groups/os-entry-mark.tsx';
import styles from '../task-page/task-page.module.css';

const c = bindClasses(styles);

/** When a group runs, and whether the operating system starts it. */
export function GroupFacts({ timing }: { timing: TimingView }) {
  const now = useNow(30_000);
  const { osEntry } = timing;
  const isDemand = isOnDemand(timing);
  const [first, ...later] = timing.nextRuns.filter((run) => Date.parse(run) > now);
  return (
    <div className={c('facts')}>
      <p className={c('schedule')}>
        <code data-selectable>{onceAt(timing) === undefined ? scheduleText(timing) : text.groups.once}</code>
        {!isDemand && <span className={c('faint')}>{formatZone(timing.timezone)}</span>}
        <OsEntryMark entry={osEntry} />
      </p>
      {!(isDemand && osEntry.state === 'not-needed') && (
        <p className={c('faint')} data-selectable>
          {[text.osEntry.explain[osEntry.state], osEntry.detail, osEntry.path].filter(Boolean).join(' ')}
        </p>
      )}
      {first === undefined ? (
        <p className={c('faint')}>{isDemand ? text.taskPage.onDemand : text.taskPage.nextNone}</p>
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
