import { Fragment, useMemo } from 'react';
import { useSchedule } from '../../session-context.tsx';
import { text } from '../../text/en.ts';
import { formatMoment } from '../../text/format.ts';
import { sentenceOf } from '../groups/groups.ts';
import { bindClasses } from '../../ui/class-names.ts';
import { Countdown, useNow } from '../../ui/clock.tsx';
import { Card, CardRemark } from './card.tsx';
import { upcomingRuns } from './overview-facts.ts';
import { TaskLink } from './task-link.tsx';
import styles from './overview.module.css';

const c = bindClasses(styles);

const SHOWN = 8;
const NAMES_SHOWN = 2;

export function NextRunsCard() {
  const timings = useSchedule((schedule) => schedule.timings);
  const tasks = useSchedule((schedule) => schedule.tasks);
  const paused = useSchedule((schedule) => schedule.paused !== null);
  const machineZone = useSchedule((schedule) => schedule.app.timezone);
  const now = useNow(5000);
  const upcoming = useMemo(() => upcomingRuns(timings, tasks, now), [timings, tasks, now]);
  return (
    <Card title={text.overview.next}>
      {upcoming.length === 0 || paused ? (
        <CardRemark>{paused ? text.overview.pausedHint : text.overview.nothingAhead}</CardRemark>
      ) : (
        <ul>
          {upcoming.slice(0, SHOWN).map(({ timing, at, tasks: due }) => (
            <li key={timing.id} className={c('next')}>
              <span className={c('countdown')}>
                <Countdown to={at} />
              </span>
              <span className={c('what')}>
                <strong>
                  {due.slice(0, NAMES_SHOWN).map((task, index) => (
                    <Fragment key={task.id}>
                      {index > 0 && ', '}
                      <TaskLink task={task} />
                    </Fragment>
                  ))}
                </strong>
                {due.length > NAMES_SHOWN && ` + ${text.overview.more(due.length - NAMES_SHOWN)}`}
                <span className={c('sentence')}>{sentenceOf(timing, machineZone)}</span>
              </span>
              <span className={c('moment')}>{formatMoment(at, now)}</span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
