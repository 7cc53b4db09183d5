import { useSettings } from '../../session-context.tsx';
import { text } from '../../text/en.ts';
import { bindClasses } from '../../ui/class-names.ts';
import styles from './task-page.module.css';

const c = bindClasses(styles);

/** Where the alerts of a task go, if that differs from the rules. */
export function AlertFacts({ taskId }: { taskId: string }) {
  const own = useSettings((state) => state.settings?.alerts.overrides[taskId]?.channels);
  return own === undefined ? null : <p className={c('faint')}>{text.alerts.taskAlerts(own)}</p>;
}
