import type { Ref } from 'react';
import { text } from '../../text/en.ts';
import { formatDate, formatHour } from '../../text/format.ts';
import { bindClasses } from '../../ui/class-names.ts';
import type { Scale, Tick, Zoom } from './scale.ts';
import styles from './timeline.module.css';

const c = bindClasses(styles);

/** 22:00 or 10 PM: two digits, and the wider half of the day. */
const WIDEST_HOUR = new Date(2026, 0, 1, 22).getTime();

interface TimelineAxisProps {
  /** The corner above the lane names, with the same width. */
  ref: Ref<HTMLDivElement>;
  /** A hidden label, as wide as the widest: its size decides how many hours fit. */
  labelRef: Ref<HTMLSpanElement>;
  scale: Scale;
  ticks: readonly Tick[];
  zoom: Zoom;
}

/** Days and hours along the top. Hidden from screen readers, because marks include their times. */
export function TimelineAxis({ ref, labelRef, scale, ticks, zoom }: TimelineAxisProps) {
  return (
    <div className={c('axis')} aria-hidden style={{ width: `calc(var(--names) + ${scale.width}px)` }}>
      <div ref={ref} className={c('corner')}>
        <span ref={labelRef} className={c('tick', 'measure')}>
          {formatHour(WIDEST_HOUR)}
        </span>
      </div>
      <div className={c('ticks')} style={{ width: scale.width }}>
        {ticks.map((tick) =>
          tick.isDay ? (
            <DayTick key={tick.at} tick={tick} scale={scale} until={nextDay(ticks, tick) ?? scale.until} />
          ) : (
            <span key={tick.at} className={c('tick')} style={{ left: scale.x(tick.at) }}>
              {zoom !== 'week' && formatHour(tick.at)}
            </span>
          ),
        )}
      </div>
    </div>
  );
}

/** The date stays visible as long as part of its day is visible. */
function DayTick({ tick, scale, until }: { tick: Tick; scale: Scale; until: number }) {
  const place = { left: scale.x(tick.at), width: scale.x(until) - scale.x(tick.at) };
  return (
    <span className={c('tick', 'dayTick', tick.clocksChange && 'change')} style={place}>
      <span className={c('date')}>
        {formatDate(tick.at)}
        {tick.clocksChange && ` · ${text.timeline.clocksChange}`}
      </span>
    </span>
  );
}

const nextDay = (ticks: readonly Tick[], tick: Tick): number | undefined =>
  ticks.find(({ isDay, at }) => isDay && at > tick.at)?.at;

/** The grid lines under the lanes, and the line for now. */
export function TimelineGrid({ scale, ticks, now }: { scale: Scale; ticks: readonly Tick[]; now: number }) {
  return (
    <div className={c('grid')} aria-hidden style={{ width: scale.width }}>
      {ticks.map((tick) => (
        <span key={tick.at} className={c('gridLine', tick.isDay && 'dayLine')} style={{ left: scale.x(tick.at) }} />
      ))}
      <span className={c('now')} style={{ left: scale.x(now) }} />
    </div>
  );
}
