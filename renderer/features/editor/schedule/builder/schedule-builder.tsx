import { useMemo } from 'react';
import { useSchedule } from '../../../../session-context.tsx';
import { text } from '../../../../text/en.ts';
import { bindClasses } from '../../../../ui/class-names.ts';
import { Segmented } from '../../../../ui/segmented.tsx';
import type { SchedulePreview } from '../use-schedule-preview.ts';
import { firstBuilt } from './built-schedule.ts';
import type { BuiltSchedule } from './built-schedule.ts';
import { DateField, DayOfMonth, Months, Weekdays } from './day-parts.tsx';
import { Events } from './event-part.tsx';
import { Interval, Period, Span } from './period-parts.tsx';
import { HourSteps, MinuteSteps, Time, Times, Window } from './time-parts.tsx';
import { useBuiltSchedule } from './use-built-schedule.ts';
import styles from './schedule-builder.module.css';

const c = bindClasses(styles);
const words = text.scheduleBuilder;

interface ScheduleBuilderProps {
  /** The text of the schedule field, which the builder writes. */
  value: string;
  /** What the text means, which the builder reads. */
  preview: SchedulePreview;
  /** The zone of the task. A text may name another. */
  timezone: string;
  onChange: (value: string) => void;
}

export interface PartProps {
  built: BuiltSchedule;
  set: (change: Partial<BuiltSchedule>) => void;
}

const kinds = (['minutes', 'hours', 'interval', 'day', 'week', 'month', 'once', 'event', 'demand'] as const).map(
  (value) => ({
    value,
    label: words.kinds[value],
  }),
);

/**
 * Builds a schedule from buttons, and writes it into the field in words. A text that it cannot express stays unchanged until
 * something is clicked.
 */
export function ScheduleBuilder({ value, preview, timezone, onChange }: ScheduleBuilderProps) {
  const first = useMemo(() => firstBuilt(tomorrow()), []);
  const clock = useSchedule(({ app }) => app.timeStyle.clock);
  const { built, set } = useBuiltSchedule({ value, preview, timezone, clock, first, onChange });
  return (
    <div className={c('builder')} role="group" aria-label={words.region}>
      <Segmented label={words.every} value={built.every} options={kinds} onChange={(every) => set(startOf(every))} />
      <Parts built={built} set={set} />
    </div>
  );
}

/** Returns the change of repetition, with a step and days that suit the new unit. */
const startOf = (every: BuiltSchedule['every']): Partial<BuiltSchedule> => ({
  every,
  ...(every === 'minutes' && { step: 15, weekdays: [] }),
  ...(every === 'hours' && { step: 1, weekdays: [] }),
  ...(every === 'interval' && { step: 90 }),
  count: 1,
  ...(every === 'week' && { weekdays: [1, 2, 3, 4, 5] }),
});

function Parts({ built, set }: PartProps) {
  const part = { built, set };
  const { every } = built;
  if (every === 'once') {
    return (
      <div className={c('parts')}>
        <DateField {...part} />
        <Time {...part} />
      </div>
    );
  }
  // The preview below says what it means; there is nothing to choose.
  if (every === 'demand') return null;
  if (every === 'event') return <Events {...part} />;
  if (every === 'interval') return <Interval {...part} />;
  const isInterval = every === 'minutes' || every === 'hours';
  return (
    <>
      {isInterval ? (
        <div className={c('parts')}>
          {every === 'minutes' ? <MinuteSteps {...part} /> : <HourSteps {...part} />}
          <Window {...part} />
        </div>
      ) : (
        <>
          {every === 'month' ? <DayOfMonth {...part} /> : <Period {...part} />}
          {every === 'week' && <Weekdays {...part} label={words.weekdays} isNeeded />}
          <Times {...part} />
        </>
      )}
      {isInterval && <Weekdays {...part} label={words.onlyOn} />}
      {built.count === 1 && <Months {...part} />}
      <Span {...part} />
    </>
  );
}

function tomorrow(): string {
  const day = new Date();
  day.setDate(day.getDate() + 1);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}
