import { Fragment, useMemo } from 'react';
import { useSchedule } from '../../session-context.tsx';
import { routeHash, taskPage } from '../../stores/route.ts';
import type { Route } from '../../stores/route.ts';
import { text } from '../../text/en.ts';
import { bindClasses } from '../../ui/class-names.ts';
import { sentenceOf } from '../groups/groups.ts';
import type { Group } from '../groups/groups.ts';
import { mergeMarks } from './marks.ts';
import type { Mark } from './marks.ts';
import type { Scale } from './scale.ts';
import styles from './timeline.module.css';
import { useLane } from './use-lane.ts';

const c = bindClasses(styles);

/** Marks closer than this many px are merged. */
const MERGE_PX = 3;
/** Minimum width of a mark in px, so that a one-second run is visible in a week. */
const LEAST_PX = 5;

interface TimelineLaneProps {
  group: Group;
  scale: Scale;
  /** Offset from the top, in px. */
  start: number;
  now: number;
}

export function TimelineLane({ group, scale, start, now }: TimelineLaneProps) {
  const { timing, tasks } = group;
  const marks = useLane(timing, tasks, scale.from, scale.until, now);
  const merged = useMemo(() => mergeMarks(marks, MERGE_PX / scale.pxPerMs), [marks, scale]);
  const failed = marks.filter((mark) => mark.tone === 'bad').length;
  const names = tasks.map((task) => task.name).join(', ');
  const sentence = sentenceOf(
    timing,
    useSchedule((schedule) => schedule.app.timezone),
  );
  return (
    <li className={c('lane')} aria-label={sentence} style={{ transform: `translateY(${start}px)` }}>
      <div className={c('laneName')} title={`${sentence}\n${names}`}>
        <a className={c('laneTasks')} dir="auto" href={routeHash(pageOfLane(group))}>
          {/* The direction of the line is that of its only name. */}
          {tasks.length === 1 && tasks[0]?.name}
          {tasks.length > 1 &&
            tasks.map(({ id, name }, index) => (
              <Fragment key={id}>
                {index > 0 && ', '}
                <bdi>{name}</bdi>
              </Fragment>
            ))}
        </a>
        <span className={c('laneSentence')}>{sentence}</span>
        <span className="visually-hidden">{text.timeline.summary(marks.length, failed)}</span>
      </div>
      <div className={c('track')} style={{ width: scale.width }}>
        <span aria-hidden className={c('past')} style={{ width: scale.x(now) }} />
        {merged.map((mark) => (
          <MarkOnLane key={`${mark.tone}-${mark.from}`} mark={mark} scale={scale} />
        ))}
      </div>
    </li>
  );
}

function MarkOnLane({ mark, scale }: { mark: Mark; scale: Scale }) {
  const place = {
    left: scale.x(mark.from),
    width: Math.max(LEAST_PX, (mark.to - mark.from) * scale.pxPerMs),
  };
  const title = mark.count > 2 ? text.timeline.several(mark.count, mark.label) : mark.label;
  const className = c('mark', `${mark.tone}Mark`, mark.link);
  const target = routeOfMark(mark);
  if (target === null) return <span aria-hidden className={className} style={place} title={title} />;
  const href = routeHash(target);
  // Keyboard users reach runs through the Runs table; hundreds of marks in the tab order would be unusable.
  return <a className={className} style={place} title={title} aria-label={title} href={href} tabIndex={-1} />;
}

/** Returns where a mark leads: to its run, or to the reason why its slot did not run. */
function routeOfMark({ executionId, notRun }: Mark): Route | null {
  if (executionId !== null) return { view: 'execution', executionId };
  return notRun === undefined ? null : taskPage(notRun.taskId, 'schedule', notRun.slot);
}

/** A lane with one task leads to that task, any other to its group. */
function pageOfLane({ timing, tasks }: Group): Route {
  const [only, second] = tasks;
  return only === undefined || second !== undefined ? { view: 'group', timingId: timing.id } : taskPage(only.id);
}
