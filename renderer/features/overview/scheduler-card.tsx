import { useMemo } from 'react';
import { useSchedule } from '../../session-context.tsx';
import { routeHash } from '../../stores/route.ts';
import { text } from '../../text/en.ts';
import { bindClasses } from '../../ui/class-names.ts';
import { Card, CardRemark } from './card.tsx';
import { groupsInTrouble } from './overview-facts.ts';
import styles from './overview.module.css';

const c = bindClasses(styles);

const SHOWN = 4;

/** Who starts the runs, and whether its entries are as they should be. */
export function SchedulerCard() {
  const kind = useSchedule((schedule) => schedule.app.osScheduler);
  const timings = useSchedule((schedule) => schedule.timings);
  const trouble = useMemo(() => groupsInTrouble(timings), [timings]);
  const installed = timings.filter(({ osEntry }) => osEntry.state === 'installed').length;
  const inProcess = kind === 'in-process';
  return (
    <Card title={text.overview.scheduler}>
      <CardRemark>
        {inProcess ? text.overview.schedulerInProcess : text.overview.schedulerWith(text.osEntry.kind(kind))}
        {!inProcess && ` · ${text.overview.entriesOk(installed)}`}
      </CardRemark>
      {trouble.length > 0 && (
        <ul>
          {trouble.slice(0, SHOWN).map((timing) => (
            <li key={timing.id} className={c('entry')}>
              <a className={c('link')} href={routeHash({ view: 'groups' })}>
                {timing.sentence}
                <span className={c('sentence')}>
                  {timing.osEntry.detail ?? text.osEntry.explain[timing.osEntry.state]}
                </span>
              </a>
              <span className={c('warn')}>{text.osEntry.state[timing.osEntry.state]}</span>
            </li>
          ))}
        </ul>
      )}
      {trouble.length > SHOWN && <CardRemark>{text.overview.entriesWrong(trouble.length)}</CardRemark>}
    </Card>
  );
}
