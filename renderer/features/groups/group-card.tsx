import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import type { DragEvent } from 'react';
import { usePreferences, useSchedule, useSession } from '../../session-context.tsx';
import { text } from '../../text/en.ts';
import { formatMoment, formatZone } from '../../text/format.ts';
import { Button } from '../../ui/button.tsx';
import { bindClasses } from '../../ui/class-names.ts';
import { Countdown, useNow } from '../../ui/clock.tsx';
import { nextRunOf } from './groups.ts';
import type { Group } from './groups.ts';
import { OsEntryMark } from './os-entry-mark.tsx';
import { TaskRow } from './task-row.tsx';
import { useTaskDrop } from './use-task-drop.ts';
import styles from './group-card.module.css';

const c = bindClasses(styles);

/** Number of tasks shown until the person asks for all. */
const FIRST_TASKS = 50;

export function GroupCard({ group }: { group: Group }) {
  const { timing, tasks } = group;
  const { isFolded, toggle } = useFolded(timing.id);
  const [all, setAll] = useState(false);
  const drop = useTaskDrop(timing);
  const shown = all ? tasks : tasks.slice(0, FIRST_TASKS);
  return (
    <section
      className={c('card', drop.isOver && 'over')}
      aria-label={timing.sentence}
      onDragOver={(event: DragEvent) => drop.onDragOver(event)}
      onDragLeave={drop.onDragLeave}
      onDrop={(event: DragEvent) => drop.onDrop(event)}
    >
      <header className={c('head')}>
        <button type="button" className={c('fold')} aria-expanded={!isFolded} onClick={toggle}>
          <ChevronRight aria-hidden />
          <h2 className={c('sentence')}>{timing.sentence}</h2>
        </button>
        <GroupFacts group={group} />
      </header>
      {!isFolded && (
        <ul className={c('tasks')} aria-label={text.groups.tasksOf(timing.sentence)}>
          {shown.map((task) => (
            <TaskRow key={task.id} task={task} />
          ))}
        </ul>
      )}
      {!isFolded && shown.length < tasks.length && (
        <Button look="quiet" size="small" className={c('more')} onClick={() => setAll(true)}>
          {text.groups.showAll(tasks.length)}
        </Button>
      )}
    </section>
  );
}

function GroupFacts({ group }: { group: Group }) {
  const { timing } = group;
  const machineZone = useSchedule((schedule) => schedule.app.timezone);
  const paused = useSchedule((schedule) => schedule.paused !== null);
  const now = useNow(30_000);
  const next = group.isActive ? nextRunOf(timing, now) : undefined;
  const rest = paused ? text.groups.held : group.isActive ? text.groups.noNext : null;
  return (
    <div className={c('facts')}>
      <code className={c('cron')} data-selectable>
        {timing.runAt === undefined ? timing.cronExpression : text.groups.once}
      </code>
      {timing.timezone !== machineZone && (
        <span className={c('zone')} title={text.groups.zone(timing.timezone)}>
          {formatZone(timing.timezone)}
        </span>
      )}
      <OsEntryMark entry={timing.osEntry} />
      {next !== undefined && !paused ? (
        <span className={c('next')}>
          <strong>
            <Countdown to={next} />
          </strong>
          <span className={c('moment')}>{formatMoment(next, now)}</span>
        </span>
      ) : (
        rest !== null && <span className={c('next')}>{rest}</span>
      )}
    </div>
  );
}

function useFolded(timingId: string): { isFolded: boolean; toggle: () => void } {
  const { stores } = useSession();
  const isFolded = usePreferences((state) => state.foldedGroups.includes(timingId));
  const toggle = () =>
    stores.preferences.setState((state) => ({
      foldedGroups: isFolded ? state.foldedGroups.filter((id) => id !== timingId) : [...state.foldedGroups, timingId],
    }));
  return { isFolded, toggle };
}
