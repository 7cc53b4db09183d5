import { ToggleGroup } from 'radix-ui';
import { useMemo } from 'react';
import { weekOrder } from '../../../../main/contract/time-style.ts';
import { useSchedule } from '../../../session-context.tsx';
import { text } from '../../../text/en.ts';
import { weekdayName } from '../../../text/format.ts';
import { bindClasses } from '../../../ui/class-names.ts';
import { Field } from '../../../ui/field.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { Select } from '../../../ui/select.tsx';
import { TextInput } from '../../../ui/text-input.tsx';
import { firstBuilt, hourSteps, minuteSteps, readBuilt, scheduleOf } from './built-schedule.ts';
import type { BuiltSchedule } from './built-schedule.ts';
import styles from './schedule-builder.module.css';

const c = bindClasses(styles);
const words = text.scheduleBuilder;

interface ScheduleBuilderProps {
  /** The text of the schedule field, which the builder reads and writes. */
  value: string;
  onChange: (value: string) => void;
}

interface PartProps {
  built: BuiltSchedule;
  set: (change: Partial<BuiltSchedule>) => void;
}

const kinds = (['minutes', 'hours', 'day', 'week', 'month', 'once'] as const).map((value) => ({
  value,
  label: words.kinds[value],
}));

/** Builds a schedule from buttons. A text that it cannot express stays unchanged until something is clicked. */
export function ScheduleBuilder({ value, onChange }: ScheduleBuilderProps) {
  const first = useMemo(() => firstBuilt(tomorrow()), []);
  const built = readBuilt(value, first) ?? first;
  const set = (change: Partial<BuiltSchedule>) => onChange(scheduleOf({ ...built, ...change }));
  return (
    <div className={c('builder')} role="group" aria-label={words.region}>
      <Segmented label={words.every} value={built.every} options={kinds} onChange={(every) => set(startOf(every))} />
      <div className={c('parts')}>
        <Parts built={built} set={set} />
      </div>
    </div>
  );
}

/** Returns the change of repetition, with a step that suits the new unit. */
const startOf = (every: BuiltSchedule['every']): Partial<BuiltSchedule> => ({
  every,
  ...(every === 'minutes' && { step: 15 }),
  ...(every === 'hours' && { step: 1 }),
});

function Parts({ built, set }: PartProps) {
  switch (built.every) {
    case 'minutes':
      return (
        <Steps
          label={words.stepMinutes}
          steps={minuteSteps}
          name={words.minutes}
          value={built.step}
          onChange={(step) => set({ step })}
        />
      );
    case 'hours':
      return (
        <>
          <Steps
            label={words.stepHours}
            steps={hourSteps}
            name={words.hours}
            value={built.step}
            onChange={(step) => set({ step })}
          />
          <Steps
            label={words.minute}
            steps={minutesPast}
            name={(minute) => `:${String(minute).padStart(2, '0')}`}
            value={built.minute}
            onChange={(minute) => set({ minute })}
          />
        </>
      );
    case 'day':
      return <Time built={built} set={set} />;
    case 'week':
      return (
        <>
          <Weekdays built={built} set={set} />
          <Time built={built} set={set} />
        </>
      );
    case 'month':
      return (
        <>
          <DayOfMonth built={built} set={set} />
          <Time built={built} set={set} />
        </>
      );
    case 'once':
      return (
        <>
          <Field label={words.date}>
            {(ids) => (
              <TextInput
                {...ids}
                type="date"
                value={built.date}
                onChange={(event) => event.target.value !== '' && set({ date: event.target.value })}
              />
            )}
          </Field>
          <Time built={built} set={set} />
        </>
      );
  }
}

const minutesPast = Array.from({ length: 12 }, (_, index) => index * 5);

interface StepsProps {
  label: string;
  steps: readonly number[];
  name: (step: number) => string;
  value: number;
  onChange: (step: number) => void;
}

function Steps({ label, steps, name, value, onChange }: StepsProps) {
  const all = steps.includes(value) ? steps : [...steps, value].sort((a, b) => a - b);
  const options = all.map((step) => ({ value: String(step), label: name(step) }));
  return (
    <Field label={label}>
      {(ids) => <Select {...ids} value={String(value)} options={options} onChange={(step) => onChange(Number(step))} />}
    </Field>
  );
}

function Time({ built, set }: PartProps) {
  return (
    <Field label={words.time}>
      {(ids) => (
        <TextInput
          {...ids}
          type="time"
          value={built.time}
          onChange={(event) => event.target.value !== '' && set({ time: event.target.value.slice(0, 5) })}
        />
      )}
    </Field>
  );
}

function Weekdays({ built, set }: PartProps) {
  const week = useWeek();
  // A week without a day would mean every day, so the last chosen day stays.
  const choose = (days: string[]) => days.length > 0 && set({ weekdays: days.map(Number) });
  return (
    <div className={c('days')}>
      <span className={c('label')} id="builder-weekdays">
        {words.weekdays}
      </span>
      <ToggleGroup.Root
        type="multiple"
        aria-labelledby="builder-weekdays"
        className={c('toggles')}
        value={built.weekdays.map(String)}
        onValueChange={choose}
      >
        {week.map((day) => (
          <ToggleGroup.Item key={day} value={String(day)} aria-label={weekdayName(day, 'long')} className={c('toggle')}>
            {weekdayName(day, 'short')}
          </ToggleGroup.Item>
        ))}
      </ToggleGroup.Root>
    </div>
  );
}

function DayOfMonth({ built, set }: PartProps) {
  const week = useWeek();
  const options = [
    ...Array.from({ length: 31 }, (_, index) => ({ value: String(index + 1), label: String(index + 1) })),
    { value: 'last', label: words.lastDay },
    ...[1, 2, 3, 4].flatMap((nth) =>
      week.map((day) => ({ value: `${nth}#${day}`, label: words.nth(nth, weekdayName(day, 'long')) })),
    ),
  ];
  return (
    <Field label={words.dayOfMonth}>
      {(ids) => <Select {...ids} value={built.day} options={options} onChange={(day) => set({ day })} />}
    </Field>
  );
}

/** Returns the weekdays in the order of the settings. */
const useWeek = (): number[] => weekOrder(useSchedule(({ app }) => app.timeStyle.weekStart));

function tomorrow(): string {
  const day = new Date();
  day.setDate(day.getDate() + 1);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}
