import type { RecentRun } from '../../../../main/contract/recent-runs.ts';
import { text } from '../../../text/en.ts';
import { formatMoment } from '../../../text/format.ts';
import { bindClasses } from '../../../ui/class-names.ts';
import { isFailure } from '../../../ui/failure.ts';
import styles from './run-strip.module.css';

const c = bindClasses(styles);
const words = text.taskList;

/** The latest runs of a task, oldest on the left. Failures differ in shape as well as in colour. */
export function RunStrip({ runs }: { runs: readonly RecentRun[] | null }) {
  if (runs === null) return <span className={c('strip')} aria-hidden />;
  if (runs.length === 0) return <span className={c('none')}>{words.noRuns}</span>;
  const bad = runs.filter(({ status }) => isFailure(status)).length;
  const good = runs.filter(({ status }) => status === 'success').length;
  return (
    <span className={c('strip')} role="img" aria-label={words.strip(good, bad, runs.length)}>
      {runs.toReversed().map((run) => (
        <span key={run.executionId} className={c('run', toneOf(run))} title={titleOf(run)} />
      ))}
    </span>
  );
}

const titleOf = ({ status, isDoubtful, startedAt }: RecentRun): string =>
  `${isDoubtful ? text.doubts.status : text.executions.status[status]}, ${formatMoment(startedAt, Date.now())}`;

function toneOf({ status, isDoubtful }: RecentRun): string {
  if (isDoubtful) return 'warn';
  if (isFailure(status)) return 'bad';
  return status === 'success' ? 'good' : status === 'running' ? 'running' : 'idle';
}
