import { Plus, X } from 'lucide-react';
import { useSchedule } from '../../../../session-context.tsx';
import { clockTime } from '../../../../../main/contract/time-style.ts';
import { text } from '../../../../text/en.ts';
import { bindClasses } from '../../../../ui/class-names.ts';
import { Button } from '../../../../ui/button.tsx';
import { Field } from '../../../../ui/field.tsx';
import { IconButton } from '../../../../ui/icon-button.tsx';
import { Select } from '../../../../ui/select.tsx';
import { TextInput } from '../../../../ui/text-input.tsx';
import { endMinute, hourSteps, minuteSteps, MOST_TIMES, range } from './built-schedule.ts';
import type { PartProps } from './schedule-builder.tsx';
import styles from './schedule-builder.module.css';

const c = bindClasses(styles);
const words = text.scheduleBuilder;

interface NumbersProps {
  label: string;
  values: readonly number[];
  name: (value: number) => string;
  value: number;
  onChange: (value: number) => void;
}

export function Numbers({ label, values, name, value, onChange }: NumbersProps) {
  const all = values.includes(value) ? values : [...values, value].sort((a, b) => a - b);
  const options = all.map((each) => ({ value: String(each), label: name(each) }));
  return (
    <Field label={label}>
      {(ids) => <Select {...ids} value={String(value)} options={options} onChange={(each) => onChange(Number(each))} />}
    </Field>
  );
}

export const MinuteSteps = ({ built: { step }, set }: PartProps) => (
  <Numbers
    label={words.stepMinutes}
    values={minuteSteps}
    name={words.minutes}
    value={step}
    onChange={(chosen) => set({ step: chosen })}
  />
);

export const HourSteps = ({ built: { step, minute }, set }: PartProps) => (
  <>
    <Numbers
      label={words.stepHours}
      values={hourSteps}
      name={words.hours}
      value={step}
      onChange={(chosen) => set({ step: chosen })}
    />
    <Numbers
      label={words.minute}
      values={range(0, 60, 5)}
      name={(past) => `:${String(past).padStart(2, '0')}`}
      value={minute}
      onChange={(chosen) => set({ minute: chosen })}
    />
  </>
);

const wholeDay = -1;
/** The usual end of a window that has just got a start, in hours after it. */
const usualLength = 8;

/** Between which hours it runs. */
export function Window({ built: { window }, set }: PartProps) {
  const clock = useSchedule(({ app }) => app.timeStyle.clock);
  const hour = (value: number) =>
    value === 24 ? words.midnight : clockTime(Math.floor(value), endMinute(value) % 60, clock);
  const begin = (from: number) => {
    if (from === wholeDay) return set({ window: null });
    const to = window !== null && window.to > from ? window.to : Math.min(from + usualLength, 24);
    return set({ window: { from, to } });
  };
  return (
    <>
      <Numbers
        label={words.from}
        values={[wholeDay, ...range(0, 24)]}
        name={(value) => (value === wholeDay ? words.allDay : hour(value))}
        value={window?.from ?? wholeDay}
        onChange={begin}
      />
      {window !== null && (
        <Numbers
          label={words.to}
          values={range(window.from + 1, 25)}
          name={hour}
          value={window.to}
          onChange={(to) => set({ window: { ...window, to } })}
        />
      )}
    </>
  );
}

/** The time of a single run. */
export const Time = ({ built: { times }, set }: PartProps) => (
  <Field label={words.time}>
    {(ids) => <TimeInput {...ids} value={times[0] ?? ''} onChange={(time) => set({ times: [time] })} />}
  </Field>
);

interface TimeInputProps {
  id?: string;
  'aria-label'?: string;
  autoFocus?: boolean;
  value: string;
  onChange: (time: string) => void;
}

const TimeInput = ({ onChange, ...rest }: TimeInputProps) => (
  <TextInput
    {...rest}
    type="time"
    onChange={(event) => event.target.value !== '' && onChange(event.target.value.slice(0, 5))}
  />
);

/** The times of a day. */
export function Times({ built: { times }, set }: PartProps) {
  const change = (index: number, time: string) => set({ times: times.map((old, at) => (at === index ? time : old)) });
  return (
    <>
      <div className={c('parts')}>
        <Field label={words.time}>
          {(ids) => <TimeInput {...ids} value={times[0] ?? ''} onChange={(time) => change(0, time)} />}
        </Field>
        {times.slice(1).map((time, index) => (
          <div key={index} className={c('time')}>
            <TimeInput
              aria-label={words.timeNumber(index + 2)}
              autoFocus
              value={time}
              onChange={(changed) => change(index + 1, changed)}
            />
            <IconButton
              label={words.removeTime(index + 2)}
              icon={<X aria-hidden />}
              onClick={() => set({ times: times.filter((_, at) => at !== index + 1) })}
            />
          </div>
        ))}
        {times.length < MOST_TIMES && (
          <Button
            size="small"
            look="quiet"
            icon={<Plus aria-hidden />}
            onClick={() => set({ times: [...times, laterThan(times.at(-1) ?? '09:00')] })}
          >
            {words.addTime}
          </Button>
        )}
      </div>
    </>
  );
}

/** Returns a time eight hours later, at the same minute. */
function laterThan(time: string): string {
  const hour = (Number(time.slice(0, 2)) + usualLength) % 24;
  return `${String(hour).padStart(2, '0')}${time.slice(2)}`;
}
