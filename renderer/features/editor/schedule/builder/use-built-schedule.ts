import { useEffect, useRef, useState } from 'react';
import type { ClockStyle } from '../../../../../main/contract/time-style.ts';
import type { SchedulePreview } from '../use-schedule-preview.ts';
import type { BuiltSchedule } from './built-schedule.ts';
import { wordsOfBuilt } from './built-words.ts';
import { readAnswer, readBuilt } from './read-built.ts';

interface BuilderNeeds {
  value: string;
  preview: Pick<SchedulePreview, 'answer'>;
  timezone: string;
  clock: ClockStyle;
  first: BuiltSchedule;
  onChange: (value: string) => void;
}

/**
 * What is chosen in the schedule builder. It starts with what the text of the field means, and follows it when it is changed
 * by hand; what the builder itself wrote is not read back, so that a choice never jumps to another form of the same.
 */
export function useBuiltSchedule({ value, preview: { answer }, timezone, clock, first, onChange }: BuilderNeeds) {
  const read = () => readBuilt(value, first) ?? (answer === null ? null : readAnswer(answer, first));
  const [built, setBuilt] = useState(() => read() ?? first);
  const written = useRef(value);
  // A zone that the text names stays: the builder has no field for it. Events, and a text that is refused, have none.
  const zone = useRef(timezone);
  if (answer !== null && answer.kind !== 'event') zone.current = answer.timezone;
  useEffect(() => {
    if (value === written.current) return;
    written.current = value;
    const meant = read();
    if (meant !== null) setBuilt(meant);
  }, [answer]);
  const set = (change: Partial<BuiltSchedule>) => {
    const next = { ...built, ...change };
    setBuilt(next);
    written.current = wordsOfBuilt(next, clock, zone.current === timezone ? null : zone.current);
    onChange(written.current);
  };
  return { built, set };
}
