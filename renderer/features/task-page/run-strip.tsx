import { useMemo, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { Strip, StripGap, StripRun } from '../../../main/contract/task-report.ts';
import { routeHash, taskPage } from '../../stores/route.ts';
import { actionOf } from '../../shortcuts.ts';
import type { ShortcutAction } from '../../shortcuts.ts';
import { text } from '../../text/en.ts';
import { bindClasses } from '../../ui/class-names.ts';
import { useNow } from '../../ui/clock.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';
import styles from './run-strip.module.css';
import { barSizes, lengthOf, toneOf } from './strip-marks.ts';
import type { BarSize, MarkTone } from './strip-marks.ts';

const c = bindClasses(styles);

const signs: Readonly<Record<MarkTone, string>> = {
  ...{ good: '', bad: '×', timeout: 't', interrupted: '?', doubtful: '!', quiet: '–', running: '' },
};

interface RunStripProps {
  taskId: string;
  strip: Strip;
  /** The accessible name. */
  label: string;
  /** A row of a list: lower, without signs and legend. */
  compact?: boolean;
}

/** The latest runs as bars, oldest first, with marks for slots that did not run. One of them is in the tab order. */
export function RunStrip({ taskId, strip, label, compact = false }: RunStripProps) {
  const isRunning = strip.some((entry) => entry.kind === 'run' && entry.status === 'running');
  // Only a run that goes on grows.
  const now = useNow(isRunning ? 1000 : 60_000);
  const sizes = useMemo(() => barSizes(strip, now), [strip, now]);
  const [current, setCurrent] = useState<number | null>(null);
  const tabStop = Math.min(current ?? strip.length - 1, strip.length - 1);
  if (strip.length === 0) return <p className={c('empty')}>{text.taskPage.stripEmpty}</p>;
  return (
    <div className={c('whole', compact && 'compact')}>
      <ol className={c('strip')} aria-label={label} onKeyDown={moveFocus}>
        {strip.map((entry, index) => {
          const place = { isTabStop: index === tabStop, onFocus: () => setCurrent(index), now };
          return entry.kind === 'run' ? (
            <RunMark key={entry.executionId} run={entry} size={sizes.get(entry.executionId)} {...place} />
          ) : (
            <GapMark key={`${entry.from} ${entry.reason}`} taskId={taskId} gap={entry} {...place} />
          );
        })}
      </ol>
      {!compact && <Legend strip={strip} />}
    </div>
  );
}

interface Place {
  isTabStop: boolean;
  onFocus: () => void;
  now: number;
}

function RunMark({ run, size, isTabStop, onFocus, now }: Place & { run: StripRun; size: BarSize | undefined }) {
  const tone = toneOf(run);
  const label = text.taskPage.bar(run, lengthOf(run, now), now);
  return (
    <li className={c('item')}>
      <Tooltip text={label}>
        <a
          className={c('mark')}
          href={routeHash({ view: 'execution', executionId: run.executionId })}
          aria-label={label}
          tabIndex={isTabStop ? 0 : -1}
          onFocus={onFocus}
        >
          <span aria-hidden className={c('room')}>
            <span
              data-bar
              className={c('bar', tone, size?.isCut === true && 'cut')}
              style={{ height: `${(size?.share ?? 0) * 100}%` }}
            />
          </span>
          <span aria-hidden className={c('sign', `${tone}Sign`)}>
            {signs[tone]}
          </span>
        </a>
      </Tooltip>
    </li>
  );
}

function GapMark({ taskId, gap, isTabStop, onFocus, now }: Place & { taskId: string; gap: StripGap }) {
  const label = text.taskPage.gap(gap, now);
  return (
    <li className={c('item')}>
      <Tooltip text={label}>
        <a
          className={c('mark', 'gap')}
          href={routeHash(taskPage(taskId, 'schedule', gap.to))}
          aria-label={label}
          tabIndex={isTabStop ? 0 : -1}
          onFocus={onFocus}
        >
          <span aria-hidden className={c('room')} />
          <span aria-hidden className={c('sign', wasMissed(gap) ? 'missedSign' : 'quietSign')}>
            ○
          </span>
        </a>
      </Tooltip>
    </li>
  );
}

const wasMissed = ({ reason }: StripGap): boolean =>
  reason === null || reason === 'missed' || reason === 'catch-up-window';

/** Explains the signs that the strip shows. */
function Legend({ strip }: { strip: Strip }) {
  const shown = new Set(strip.map((entry) => (entry.kind === 'run' ? signs[toneOf(entry)] : '○')));
  return (
    <p className={c('legend')}>
      {text.taskPage.stripKeys}
      {text.taskPage.legend
        .filter(({ sign }) => shown.has(sign))
        .map(({ sign, word }) => (
          <span key={sign} className={c('key')}>
            <span aria-hidden>{sign}</span> {word}
          </span>
        ))}
    </p>
  );
}

/** Moves the focus between the marks. */
function moveFocus(event: KeyboardEvent<HTMLOListElement>): void {
  const marks = [...event.currentTarget.querySelectorAll('a')];
  const at = marks.findIndex((mark) => mark === document.activeElement);
  const places: Partial<Record<ShortcutAction, number>> = {
    ...{ olderRun: at - 1, newerRun: at + 1, oldestRun: 0, newestRun: marks.length - 1 },
  };
  const action = actionOf('taskPage', event);
  const next = action === null ? undefined : marks[places[action] ?? -1];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}
