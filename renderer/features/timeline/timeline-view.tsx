import { useVirtualizer } from '@tanstack/react-virtual';
import { CalendarRange } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useSchedule } from '../../session-context.tsx';
import { text } from '../../text/en.ts';
import { Button } from '../../ui/button.tsx';
import { bindClasses } from '../../ui/class-names.ts';
import { useNow } from '../../ui/clock.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { View } from '../../ui/view.tsx';
import { FirstStep } from '../moving-in/first-step.tsx';
import { NoTasks } from '../moving-in/no-tasks.tsx';
import { arrangeGroups } from '../groups/groups.ts';
import type { Group } from '../groups/groups.ts';
import { createScale, ticksOf } from './scale.ts';
import type { Zoom } from './scale.ts';
import { TimelineAxis, TimelineGrid } from './timeline-axis.tsx';
import { TimelineLane } from './timeline-lane.tsx';
import { TimelineLoad } from './timeline-load.tsx';
import styles from './timeline.module.css';
import { useLoad } from './use-load.ts';
import type { Load } from './use-load.ts';
import { usePanning, useWidth } from './use-panning.ts';

const c = bindClasses(styles);

/** Height of a lane in rem, as in the style sheet. */
const LANE_REM = 2.75;
const zoomOptions = (['day', 'three', 'week'] as const).map((value) => ({ value, label: text.timeline.zooms[value] }));

/** The past and the coming week, one lane per group. */
export function TimelineView() {
  const timings = useSchedule((schedule) => schedule.timings);
  const tasks = useSchedule((schedule) => schedule.tasks);
  const groups = useMemo(() => arrangeGroups(timings, tasks, { wanted: '', filter: 'all' }), [timings, tasks]);
  const isUnreadable = useSchedule((schedule) => schedule.store.state === 'read-only');
  if (groups.length > 0) return <Lanes groups={groups} />;
  return (
    <View title={text.shell.views.timeline}>
      {isUnreadable ? (
        <NoTasks />
      ) : (
        <EmptyState icon={<CalendarRange />} title={text.timeline.empty} actions={<FirstStep />}>
          {text.timeline.emptyHint}
        </EmptyState>
      )}
    </View>
  );
}

function Lanes({ groups }: { groups: readonly Group[] }) {
  const [zoom, setZoom] = useState<Zoom>('day');
  const scroller = useRef<HTMLDivElement>(null);
  const names = useRef<HTMLDivElement>(null);
  const label = useRef<HTMLSpanElement>(null);
  const viewWidth = useWidth(scroller) - useWidth(names);
  const labelPx = useWidth(label);
  const now = useNow(60_000);
  const scale = useMemo(() => createScale(now, zoom, viewWidth), [now, zoom, viewWidth]);
  const ticks = useMemo(() => ticksOf(scale, zoom, Math.max(labelPx, 1)), [scale, zoom, labelPx]);
  const { showNow, onKeyDown, onWheel } = usePanning({ scroller, scale, viewWidth, zoom, setZoom });
  const load = useLoad(now, scale.until);
  const laneHeight = LANE_REM * rootFontPx();
  const virtual = useVirtualizer({
    count: groups.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => laneHeight,
    overscan: 3,
  });
  // The text size of the settings changes the size of a rem.
  useEffect(() => virtual.measure(), [virtual, laneHeight]);
  useEffect(showNow, [zoom, viewWidth > 0]);
  const tools = (
    <>
      <Segmented label={text.timeline.zoom} value={zoom} options={zoomOptions} onChange={setZoom} />
      <Button onClick={showNow}>{text.timeline.today}</Button>
    </>
  );
  return (
    <View title={text.shell.views.timeline} tools={tools} scrolls={false}>
      <Legend hasChains={groups.some(hasChain)} isCrowded={load !== null && isCrowded(load)} />
      <section
        ref={scroller}
        className={c('scroller')}
        aria-label={text.timeline.region}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onWheel={onWheel}
      >
        <TimelineAxis ref={names} labelRef={label} scale={scale} ticks={ticks} zoom={zoom} />
        {load && <TimelineLoad load={load} scale={scale} now={now} />}
        <div
          className={c('field')}
          style={{ width: `calc(var(--names) + ${scale.width}px)`, height: virtual.getTotalSize() }}
        >
          <TimelineGrid scale={scale} ticks={ticks} now={now} />
          <ul aria-label={text.timeline.lanes}>
            {virtual.getVirtualItems().map((item) => {
              const group = groups[item.index];
              return (
                group && <TimelineLane key={group.timing.id} group={group} scale={scale} start={item.start} now={now} />
              );
            })}
          </ul>
        </div>
      </section>
    </View>
  );
}

const rootFontPx = (): number => parseFloat(getComputedStyle(document.documentElement).fontSize);

const marks = ['success', 'failure', 'doubtful', 'planned', 'skipped'] as const;
const dots = ['follows', 'leads'] as const;

const hasChain = ({ tasks }: Group): boolean => tasks.some(({ policies }) => (policies?.after ?? []).length > 0);

const isCrowded = ({ steps, concurrencyLimit }: Load): boolean => steps.some(({ most }) => most > concurrencyLimit);

interface LegendProps {
  /** Some task runs after another. */
  hasChains: boolean;
  /** At some time more tasks start than may run at once. */
  isCrowded: boolean;
}

/** Explains the marks, and of the rarer ones those that this timeline can have. */
const Legend = ({ hasChains, isCrowded }: LegendProps) => (
  <p className={c('legend')} aria-hidden>
    {marks.map((kind) => (
      <span key={kind} className={c('legendItem')}>
        <span className={c('swatch', kind)} />
        {text.timeline.legend[kind]}
      </span>
    ))}
    {hasChains &&
      dots.map((kind) => (
        <span key={kind} className={c('legendItem')}>
          <span className={c('swatch', 'success', kind)} />
          {text.timeline.legend[kind]}
        </span>
      ))}
    {isCrowded && (
      <span className={c('legendItem')}>
        <span className={c('swatch', 'clashStep')} />
        {text.timeline.legend.crowded}
      </span>
    )}
  </p>
);
