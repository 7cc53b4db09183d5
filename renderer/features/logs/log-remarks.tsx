import { text } from '../../text/en.ts';
import { bindClasses } from '../../ui/class-names.ts';
import { Loading } from '../../ui/loading.tsx';
import styles from './log-panel.module.css';

const c = bindClasses(styles);

/** Says that only the end of a long log is there, and how much of the rest is read. */
export function LogLoading({ read, size }: { read: number; size: number }) {
  const percent = Math.floor((read / size) * 100);
  return (
    <div className={c('loading')}>
      <span role="status">{text.logs.loading(percent)}</span>
      <progress className={c('progress')} value={percent} max={100} aria-hidden />
    </div>
  );
}

interface LogEmptinessProps {
  failure: string | null;
  count: number;
  /** Rows that the filter leaves. */
  rows: number;
  complete: boolean;
  isRunning: boolean;
}

/** Says why there is nothing to read. */
export function LogEmptiness({ failure, count, complete, rows, isRunning }: LogEmptinessProps) {
  if (failure !== null) {
    return (
      <p className={c('remark', 'bad')} role="alert">
        {text.log.unreadable(failure)}
      </p>
    );
  }
  if (count > 0) return rows === 0 ? <p className={c('remark')}>{text.logs.noneShown}</p> : null;
  if (!complete && !isRunning) return <Loading />;
  return <p className={c('remark')}>{complete ? text.log.empty : text.log.waiting}</p>;
}
