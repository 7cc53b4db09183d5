import { useEffect, useMemo, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { IpcOutput } from '../../../main/contract/ipc.ts';
import { useCommands, useExecutions, useSession } from '../../session-context.tsx';
import { actionOf } from '../../shortcuts.ts';
import type { ShortcutAction } from '../../shortcuts.ts';
import { text } from '../../text/en.ts';
import { formatDate } from '../../text/format.ts';
import { bindClasses } from '../../ui/class-names.ts';
import { useNow } from '../../ui/clock.tsx';
import { Card } from './card.tsx';
import { dayAfter, dayCounts } from './overview-facts.ts';
import type { DayCount } from './overview-facts.ts';
import styles from './overview.module.css';

const c = bindClasses(styles);

const DAYS = 14;
/** Midnight of every time zone falls on a quarter of an hour. */
const STEP_MS = 15 * 60_000;

/**
 * Shows one bar per day for the runs and the failures. A click lists the runs of that day. One of the days is in the tab
 * order, the latest at first.
 */
export function StripCard() {
  const now = useNow(60_000);
  const steps = useLastDays();
  const days = useMemo(() => dayCounts(steps ?? [], now, DAYS), [steps, now]);
  const good = days.reduce((sum, day) => sum + day.good, 0);
  const bad = days.reduce((sum, day) => sum + day.bad, 0);
  const most = Math.max(1, ...days.map((day) => day.good + day.bad));
  const [tabStop, setTabStop] = useState(DAYS - 1);
  // Before the first answer nothing is known, which is not the same as no runs.
  const aside = steps && <span className={c('faint')}>{text.overview.stripSummary(good + bad, bad)}</span>;
  return (
    <Card title={text.overview.strip} aside={aside}>
      <ol className={c('strip')} aria-busy={steps === null} onKeyDown={moveFocus}>
        {days.map((day, index) => (
          <Day key={day.start} day={day} most={most} isTabStop={index === tabStop} onFocus={() => setTabStop(index)} />
        ))}
      </ol>
    </Card>
  );
}

interface DayProps {
  day: DayCount;
  /** The number of runs on the busiest day. */
  most: number;
  isTabStop: boolean;
  onFocus: () => void;
}

function Day({ day, most, isTabStop, onFocus }: DayProps) {
  const { executions } = useCommands();
  const label = text.overview.stripDay(formatDate(day.start), day.good, day.bad);
  const height = (count: number) => ({ height: `${(count / most) * 100}%` });
  const show = () => {
    const [since, until] = [day.start, dayAfter(day.start) - 1].map((at) => new Date(at).toISOString());
    executions.visit({ ...(since && { since }), ...(until && { until }) });
  };
  return (
    <li>
      <button
        type="button"
        className={c('day')}
        title={label}
        aria-label={label}
        tabIndex={isTabStop ? 0 : -1}
        onFocus={onFocus}
        onClick={show}
      >
        <span aria-hidden className={c('bars')}>
          {day.bad > 0 && <span className={c('bar', 'badBar')} style={height(day.bad)} />}
          {day.good > 0 && <span className={c('bar', 'goodBar')} style={height(day.good)} />}
        </span>
        <span aria-hidden className={c('dayName')}>
          {new Date(day.start).getDate()}
        </span>
      </button>
    </li>
  );
}

/** Moves the focus between the days. */
function moveFocus(event: KeyboardEvent<HTMLOListElement>): void {
  const days = [...event.currentTarget.querySelectorAll('button')];
  const at = days.findIndex((day) => day === document.activeElement);
  const places: Partial<Record<ShortcutAction, number>> = {
    ...{ earlierDay: at - 1, laterDay: at + 1, firstDay: 0, lastDay: days.length - 1 },
  };
  const action = actionOf('overview', event);
  const next = action === null ? undefined : days[places[action] ?? -1];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}

type Steps = IpcOutput<'executions.outcomes'>['steps'];

/** Delay after the last change before the runs are counted again, in ms. */
const SETTLED_MS = 1000;

/** Returns the outcomes of the last days, counted again after each run; null before the first answer. */
function useLastDays(): Steps | null {
  const { call } = useSession();
  const recent = useExecutions((state) => state.recent);
  const [steps, setSteps] = useState<Steps | null>(null);
  const isKnown = steps !== null;
  useEffect(() => {
    let gone = false;
    const count = () => {
      const since = new Date(Date.now() - DAYS * 86_400_000).toISOString();
      // The previous counts stay; the Runs view says why the ledger cannot be read.
      call('executions.outcomes', { since, stepMs: STEP_MS }).then(
        (answer) => !gone && setSteps(answer.steps),
        () => undefined,
      );
    };
    const timer = setTimeout(count, isKnown ? SETTLED_MS : 0);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [call, recent]);
  return steps;
}
