import { CalendarClock, CircleX, Clock3, Pause } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { OtherJob } from '../../../main/contract/other-jobs.ts';
import { text } from '../../text/en.ts';
import { bindClasses } from '../../ui/class-names.ts';
import styles from './others.module.css';

const c = bindClasses(styles);

const icons: Record<OtherJob['state'], LucideIcon> = {
  failed: CircleX,
  overdue: Clock3,
  stopped: Pause,
  fine: CalendarClock,
};

/** Shows the state of a job as a sign and a word. */
export function JobStateMark({ state }: Pick<OtherJob, 'state'>) {
  const Icon = icons[state];
  return (
    <span className={c('mark', state)}>
      <Icon aria-hidden />
      {text.others.states[state]}
    </span>
  );
}
