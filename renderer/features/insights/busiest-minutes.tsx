import type { BusyMinute } from '../../../main/contract/insights.ts';
import { text } from '../../text/en.ts';
import { bindClasses } from '../../ui/class-names.ts';
import styles from './insights.module.css';

const c = bindClasses(styles);
const words = text.insights;

/** The minutes in which most runs start at once: moving some of these tasks spares the others a wait. */
export function BusiestMinutes({ busiest }: { busiest: readonly BusyMinute[] }) {
  if (busiest.length === 0) return null;
  return (
    <section className={c('busiest')} aria-label={words.busiest}>
      <h2 className={c('heading')}>{words.busiest}</h2>
      <ul className={c('minutes')}>
        {busiest.map((minute) => (
          <li key={minute.minute} title={words.busyDay(minute.at)}>
            {words.busyMinute(minute)}
          </li>
        ))}
      </ul>
    </section>
  );
}
