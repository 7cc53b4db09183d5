import { text } from '../../../../text/en.ts';
import { Field } from '../../../../ui/field.tsx';
import { bindClasses } from '../../../../ui/class-names.ts';
import { TextInput } from '../../../../ui/text-input.tsx';
import { isEvenInterval, range } from './built-schedule.ts';
import type { PartProps } from './schedule-builder.tsx';
import styles from './schedule-builder.module.css';
import { Numbers, Time } from './time-parts.tsx';

const c = bindClasses(styles);
const words = text.scheduleBuilder;

/** The longest interval that a schedule can have: 31 days, in minutes. */
const LONGEST = 44_640;

/** Whether it runs in each day or week, or only in every so many. Months are chosen by name, which counts no weeks. */
export function Period({ built: { every, count }, set }: PartProps) {
  const isDays = every === 'day';
  return (
    <Numbers
      label={words.period}
      values={range(1, isDays ? 31 : 13)}
      name={isDays ? words.everyDays : words.everyWeeks}
      value={count}
      onChange={(chosen) => set({ count: chosen, ...(chosen > 1 && { months: [] }) })}
    />
  );
}

/** An interval of real time: hours and minutes, and the instant from which they are counted. */
export function Interval({ built, set }: PartProps) {
  const { step } = built;
  const [hours, minutes] = [Math.floor(step / 60), step % 60];
  const change = (total: number) => {
    if (total >= 1 && total <= LONGEST) set({ step: total });
  };
  return (
    <>
      <div className={c('parts')}>
        <NumberField
          label={words.intervalHours}
          value={hours}
          most={LONGEST / 60}
          onChange={(h) => change(h * 60 + minutes)}
        />
        <NumberField label={words.intervalMinutes} value={minutes} most={59} onChange={(m) => change(hours * 60 + m)} />
        <DayField label={words.firstRun} value={built.start} onChange={(start) => set({ start })} />
        {built.start !== '' && !isEvenInterval(step) && <Time built={built} set={set} />}
        <DayField label={words.end} value={built.end} onChange={(end) => set({ end })} />
      </div>
      <p className={c('hint')}>{words.intervalHint}</p>
    </>
  );
}

/** The days between which it runs. */
export const Span = ({ built, set }: PartProps) => (
  <div className={c('parts')}>
    <DayField
      label={built.count > 1 ? words.countedFrom : words.start}
      value={built.start}
      onChange={(start) => set({ start })}
    />
    <DayField label={words.end} value={built.end} onChange={(end) => set({ end })} />
  </div>
);

interface DayFieldProps {
  label: string;
  /** `YYYY-MM-DD`; empty for none. */
  value: string;
  onChange: (day: string) => void;
}

const DayField = ({ label, value, onChange }: DayFieldProps) => (
  <Field label={label}>
    {(ids) => <TextInput {...ids} type="date" value={value} onChange={(event) => onChange(event.target.value)} />}
  </Field>
);

interface NumberFieldProps {
  label: string;
  value: number;
  most: number;
  onChange: (value: number) => void;
}

const NumberField = ({ label, value, most, onChange }: NumberFieldProps) => (
  <Field label={label}>
    {(ids) => (
      <TextInput
        {...ids}
        type="number"
        min={0}
        max={most}
        value={value}
        onChange={(event) => Number.isInteger(event.target.valueAsNumber) && onChange(event.target.valueAsNumber)}
      />
    )}
  </Field>
);
