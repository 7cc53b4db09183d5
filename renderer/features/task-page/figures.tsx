import { formatDuration } from '../../../main/contract/durations.ts';
import type { RunFigures } from '../../../main/contract/task-report.ts';
import { text } from '../../text/en.ts';
import { bindClasses } from '../../ui/class-names.ts';
import styles from './task-page.module.css';

const c = bindClasses(styles);
const words = text.taskPage;

/** Successful runs that the main process needs for a median and for the duration that 95% keep. */
const FOR_MEDIAN = 3;
const FOR_P95 = 10;

/** What the latest runs say together, and over which runs. */
export function Figures({ figures }: { figures: RunFigures }) {
  const { medianMs, p95Ms } = figures;
  return (
    <section aria-label={words.figures} className={c('figures')}>
      <dl className={c('figureList')}>
        <Figure name={words.successRate} value={words.rate(figures)} detail={words.rateDetail(figures)} />
        <Figure
          name={words.median}
          value={length(medianMs)}
          detail={medianMs === null ? words.tooFew(FOR_MEDIAN) : ''}
        />
        <Figure name={words.p95} value={length(p95Ms)} detail={p95Ms === null ? words.tooFew(FOR_P95) : ''} />
        <Figure
          name={words.streak}
          value={words.streakWords(figures)}
          detail={figures.streak === null ? '' : words.streakDetail}
        />
      </dl>
      <p className={c('faint')}>{words.over(figures)}</p>
    </section>
  );
}

function Figure({ name, value, detail }: { name: string; value: string; detail: string }) {
  return (
    <div className={c('figure')}>
      <dt>{name}</dt>
      <dd data-selectable>
        <strong>{value}</strong> {detail !== '' && <span className={c('faint')}>{detail}</span>}
      </dd>
    </div>
  );
}

const length = (ms: number | null): string => (ms === null ? '–' : formatDuration(ms));
