import { useEffect, useMemo, useState } from 'react';
import type { Execution } from '../../../main/contract/execution.ts';
import { useExecutions, useSession } from '../../session-context.tsx';
import { mergeRecent } from '../../stores/executions-store.ts';
import { text } from '../../text/en.ts';
import { formatDate } from '../../text/format.ts';
import { bindClasses } from '../../ui/class-names.ts';
import { useNow } from '../../ui/clock.tsx';
import { Card } from './card.tsx';
import { dayCounts } from './overview-facts.ts';
import type { DayCount } from './overview-facts.ts';
import styles from './overview.module.css';

const c = bindClasses(styles);

const DAYS = 14;
/** The contract's largest page: with more runs than this, the strip says that it counts the newest only. */
const COUNTED = 1000;

/** One bar for each day: how many runs, and how many of them failed. */
export function StripCard() {
  const now = useNow(60_000);
  const { executions, isPartial } = useLastDays();
  const days = useMemo(() => dayCounts(executions, now, DAYS), [executions, now]);
  const good = days.reduce((sum, day) => sum + day.good, 0);
  const bad = days.reduce((sum, day) => sum + day.bad, 0);
  const most = Math.max(1, ...days.map((day) => day.good + day.bad));
  const summary = text.overview.stripSummary(good + bad, bad);
  const aside = (
    <span className={c('faint')}>{isPartial ? `${summary} ${text.overview.stripPartial(COUNTED)}` : summary}</span>
  );
  return (
    <Card title={text.overview.strip} aside={aside}>
      <ol className={c('strip')}>
        {days.map((day) => (
          <Day key={day.start} day={day} most={most} />
        ))}
      </ol>
    </Card>
  );
}

function Day({ day, most }: { day: DayCount; most: number }) {
  const label = text.overview.stripDay(formatDate(day.start), day.good, day.bad);
  const height = (count: number) => ({ height: `${(count / most) * 100}%` });
  return (
    <li className={c('day')} title={label}>
      <span className="visually-hidden">{label}</span>
      <span aria-hidden className={c('bars')}>
        {day.bad > 0 && <span className={c('bar', 'badBar')} style={height(day.bad)} />}
        {day.good > 0 && <span className={c('bar', 'goodBar')} style={height(day.good)} />}
      </span>
      <span aria-hidden className={c('dayName')}>
        {new Date(day.start).getDate()}
      </span>
    </li>
  );
}

/** The ledger's last days, fetched once, with what happens since. */
function useLastDays(): { executions: readonly Execution[]; isPartial: boolean } {
  const { call } = useSession();
  const recent = useExecutions((state) => state.recent);
  const [past, setPast] = useState<{ executions: readonly Execution[]; total: number }>({ executions: [], total: 0 });
  useEffect(() => {
    const since = new Date(Date.now() - DAYS * 86_400_000).toISOString();
    // Without it the strip shows what is known anyway; the executions view tells why the ledger cannot be read.
    call('executions.list', { since, limit: COUNTED }).then(setPast, () => undefined);
  }, [call]);
  const executions = useMemo(() => mergeRecent(past.executions, recent), [past, recent]);
  return { executions, isPartial: past.total > COUNTED };
}
