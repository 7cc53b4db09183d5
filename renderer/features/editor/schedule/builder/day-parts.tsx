import { ToggleGroup } from 'radix-ui';
import { useId } from 'react';
import { weekOrder } from '../../../../../main/contract/time-style.ts';
import { useSchedule } from '../../../../session-context.tsx';
import { text } from '../../../../text/en.ts';
import { monthName, weekdayName } from '../../../../text/format.ts';
import { bindClasses } from '../../../../ui/class-names.ts';
import { Field } from '../../../../ui/field.tsx';
import { Select } from '../../../../ui/select.tsx';
import { TextInput } from '../../../../ui/text-input.tsx';
import { range } from './built-schedule.ts';
import type { PartProps } from './schedule-builder.tsx';
import styles from './schedule-builder.module.css';

const c = bindClasses(styles);
const words = text.scheduleBuilder;

interface TogglesProps {
  label: string;
  /** Shown beside the label, for example what none chosen means. */
  hint?: string;
  values: readonly number[];
  chosen: readonly number[];
  name: (value: number, length: 'long' | 'short') => string;
  onChange: (chosen: number[]) => void;
}

function Toggles({ label, hint, values, chosen, name, onChange }: TogglesProps) {
  const id = useId();
  return (
    <div className={c('days')}>
      <span>
        <span className={c('label')} id={id}>
          {label}
        </span>
        {hint !== undefined && <span className={c('hint')}> {hint}</span>}
      </span>
      <ToggleGroup.Root
        type="multiple"
        aria-labelledby={id}
        className={c('toggles')}
        value={chosen.map(String)}
        onValueChange={(all) => onChange(all.map(Number))}
      >
        {values.map((value) => (
          <ToggleGroup.Item key={value} value={String(value)} title={name(value, 'long')} className={c('toggle')}>
            {name(value, 'short')}
          </ToggleGroup.Item>
        ))}
      </ToggleGroup.Root>
    </div>
  );
}

interface WeekdaysProps extends PartProps {
  label: string;
  /** Keeps the last chosen day: a week without a day would mean every day. */
  isNeeded?: boolean;
}

export function Weekdays({ built: { weekdays }, set, label, isNeeded = false }: WeekdaysProps) {
  const week = useWeek();
  return (
    <Toggles
      label={label}
      {...(isNeeded || weekdays.length > 0 ? {} : { hint: words.noneIsEveryDay })}
      values={week}
      chosen={weekdays}
      name={weekdayName}
      onChange={(chosen) => (chosen.length > 0 || !isNeeded) && set({ weekdays: chosen })}
    />
  );
}

export const Months = ({ built: { months }, set }: PartProps) => (
  <Toggles
    label={words.onlyIn}
    {...(months.length > 0 ? {} : { hint: words.noneIsEveryMonth })}
    values={range(1, 13)}
    chosen={months}
    name={monthName}
    onChange={(chosen) => set({ months: chosen })}
  />
);

const nths = ['1', '2', '3', '4', '5', 'last'] as const;

export function DayOfMonth({ built, set }: PartProps) {
  const week = useWeek();
  const options = [
    ...range(1, 32).map((day) => ({ value: String(day), label: String(day) })),
    { value: 'last', label: words.lastDay },
    ...nths.map((nth) => ({ value: `${nth}#work`, label: words.workingDay(nth) })),
    ...nths.flatMap((nth) =>
      week.map((day) => ({ value: `${nth}#${day}`, label: words.nth(nth, weekdayName(day, 'long')) })),
    ),
  ];
  return (
    <Field label={words.dayOfMonth}>
      {(ids) => <Select {...ids} value={built.day} options={options} onChange={(day) => set({ day })} />}
    </Field>
  );
}

export const DateField = ({ built: { date }, set }: PartProps) => (
  <Field label={words.date}>
    {(ids) => (
      <TextInput
        {...ids}
        type="date"
        value={date}
        onChange={(event) => event.target.value !== '' && set({ date: event.target.value })}
      />
    )}
  </Field>
);

/** Returns the weekdays in the order of the settings. */
const useWeek = (): number[] => weekOrder(useSchedule(({ app }) => app.timeStyle.weekStart));
