import { nextEventText } from '../../../../main/contract/events.ts';
import { eventsOf, hasNoTimes, isOnDemand, onceAt, scheduleText } from '../../../../main/contract/schedule-rule.ts';
import { ChevronRight, Ellipsis, Pause, Play, Zap } from 'lucide-react';
import { memo } from 'react';
import { text } from '../../../text/en.ts';
import { useSchedule } from '../../../session-context.tsx';
import { formatMoment, formatZone } from '../../../text/format.ts';
import { bindClasses } from '../../../ui/class-names.ts';
import { Countdown, useNow } from '../../../ui/clock.tsx';
import { openContextMenu } from '../../../ui/menu.tsx';
import { TagChip } from '../../../ui/tag-chip.tsx';
import { nextRunOf } from '../../groups/groups.ts';
import { OsEntryMark } from '../../groups/os-entry-mark.tsx';
import type { Section } from '../arrange/list-lines.ts';
import { labelOf } from '../arrange/section-label.ts';
import { RowButton } from './row-button.tsx';
import type { LineProps } from './task-line.tsx';
import styles from './lines.module.css';

const c = bindClasses(styles);
const words = text.taskList;

interface SectionLineProps extends LineProps {
  readonly section: Section;
  /** True while a task is held over the section. */
  readonly isOver: boolean;
  readonly onRun: (section: Section) => void;
  readonly onPause: (section: Section) => void;
}

/** The heading of a section, with what applies to all its tasks. */
export const SectionLine = memo(function SectionLine(props: SectionLineProps) {
  const { section, index, start, isActive, isSelected, isOver } = props;
  const label = labelOf(section);
  return (
    <div
      role="row"
      aria-label={words.sectionOf(label, section.tasks.length)}
      aria-rowindex={index + 2}
      aria-level={1}
      aria-expanded={!section.isFolded}
      aria-selected={isSelected}
      data-line={index}
      tabIndex={isActive ? 0 : -1}
      className={c('line', 'section', isSelected && 'selected', isOver && 'over')}
      style={{ transform: `translateY(${start}px)` }}
    >
      <span role="rowheader" className={c('heading')}>
        <ChevronRight aria-hidden className={c('chevron', !section.isFolded && 'open')} />
        {section.by === 'tag' && section.label !== null ? (
          <TagChip tag={section.label} />
        ) : (
          <span className={c('sentence')} title={label}>
            {label}
          </span>
        )}
        <span className={c('count')}>{section.tasks.length}</span>
      </span>
      <span role="gridcell" className={c('facts')}>
        {section.timing && <GroupFacts section={section} />}
      </span>
      <SectionActions {...props} label={label} />
    </div>
  );
});

function SectionActions({ section, label, isActive, onRun, onPause }: SectionLineProps & { label: string }) {
  const isResting = section.tasks.every(({ status }) => status !== 'active');
  return (
    <span role="gridcell" className={c('actions')}>
      <RowButton
        label={words.group.run(label)}
        icon={<Zap aria-hidden />}
        isStop={isActive}
        onClick={() => onRun(section)}
      />
      <RowButton
        label={isResting ? words.group.resume(label) : words.group.pause(label)}
        icon={isResting ? <Play aria-hidden /> : <Pause aria-hidden />}
        onClick={() => onPause(section)}
      />
      <RowButton
        label={words.group.more(label)}
        icon={<Ellipsis aria-hidden />}
        hasMenu
        onClick={(event) => openContextMenu(event.currentTarget)}
      />
    </span>
  );
}

/** Facts about a group: its schedule, its zone, its entry in the operating system and its next run. */
function GroupFacts({ section: { timing, tasks } }: { section: Section }) {
  const machineZone = useSchedule((schedule) => schedule.app.timezone);
  const paused = useSchedule((schedule) => schedule.paused !== null);
  const now = useNow(30_000);
  if (timing === null) return null;
  const isActive = tasks.some(({ status }) => status === 'active');
  const next = isActive ? nextRunOf(timing, now) : undefined;
  const events = eventsOf(timing);
  const none = events.length > 0 ? nextEventText(events) : text.groups.noNext;
  const rest = paused ? text.groups.held : isActive && !isOnDemand(timing) ? none : null;
  return (
    <>
      {!hasNoTimes(timing) && (
        <code className={c('cron')} data-selectable>
          {onceAt(timing) === undefined ? scheduleText(timing) : text.groups.once}
        </code>
      )}
      {events.length === 0 && timing.timezone !== machineZone && (
        <span className={c('zone')} title={text.groups.zone(timing.timezone)}>
          {formatZone(timing.timezone)}
        </span>
      )}
      <OsEntryMark entry={timing.osEntry} />
      {next !== undefined && !paused ? (
        <span className={c('moments')} title={formatMoment(next, now)}>
          <strong>
            <Countdown to={next} />
          </strong>
          <span className={c('moment')}>{formatMoment(next, now)}</span>
        </span>
      ) : (
        rest !== null && <span className={c('moments')}>{rest}</span>
      )}
    </>
  );
}
