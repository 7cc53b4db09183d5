/** A schedule made in the schedule builder. Times are `HH:MM`, weekdays 0 (Sunday) to 6. */
export interface BuiltSchedule {
  every: 'minutes' | 'hours' | 'day' | 'week' | 'month' | 'once';
  /** For `minutes` and `hours`: the interval. */
  step: number;
  /** For `hours`: minutes after the hour. */
  minute: number;
  time: string;
  weekdays: readonly number[];
  /** For `month`: 1 to 31, `last`, or the nth weekday, as `2#1` for the second Monday. */
  day: string;
  /** For `once`: `YYYY-MM-DD`. */
  date: string;
}

/** Steps that divide the hour or the day evenly. Other steps leave an uneven gap at the end. */
export const minuteSteps = [1, 2, 5, 10, 15, 20, 30] as const;
export const hourSteps = [1, 2, 3, 4, 6, 8, 12] as const;

export const firstBuilt = (date: string): BuiltSchedule => ({
  every: 'day',
  step: 15,
  minute: 0,
  time: '09:00',
  weekdays: [1, 2, 3, 4, 5],
  day: '1',
  date,
});

/** Returns the text for the schedule field: a cron expression, or date and time for `once`. */
export function scheduleOf(built: BuiltSchedule): string {
  const { every, step, minute, time, weekdays, day, date } = built;
  const [hour = 0, minuteOfHour = 0] = time.split(':').map(Number);
  switch (every) {
    case 'minutes':
      return step === 1 ? '* * * * *' : `*/${step} * * * *`;
    case 'hours':
      return `${minute} ${step === 1 ? '*' : `*/${step}`} * * *`;
    case 'day':
      return `${minuteOfHour} ${hour} * * *`;
    case 'week':
      return `${minuteOfHour} ${hour} * * ${weekdays.length === 0 ? '*' : [...weekdays].sort().join(',')}`;
    case 'month':
      return monthly(`${minuteOfHour} ${hour}`, day);
    case 'once':
      return `${date} ${time}`;
  }
}

function monthly(at: string, day: string): string {
  const [nth, weekday] = day.split('#');
  if (weekday !== undefined) return `${at} * * ${weekday}#${nth}`;
  return `${at} ${day === 'last' ? 'L' : day} * *`;
}

const number = (text: string | undefined, least: number, most: number): number | null => {
  const value = text !== undefined && /^\d{1,2}$/.test(text) ? Number(text) : NaN;
  return value >= least && value <= most ? value : null;
};

const stepOf = (field: string | undefined, steps: readonly number[]): number | null => {
  const step = field === '*' ? 1 : Number(/^\*\/(\d+)$/.exec(field ?? '')?.[1]);
  return steps.includes(step) ? step : null;
};

/** Reads a text that the builder can express; null for any other text. */
export function readBuilt(schedule: string, initial: BuiltSchedule): BuiltSchedule | null {
  const [, date, time] = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d)$/.exec(schedule.trim()) ?? [];
  if (date !== undefined && time !== undefined) return { ...initial, every: 'once', date, time };
  const fields = schedule.trim().split(/\s+/);
  const [minuteField, hourField, day, month, weekday] = fields;
  if (fields.length !== 5 || month !== '*') return null;
  const part = everyOf(minuteField, hourField, day, weekday);
  return part && { ...initial, ...part };
}

function everyOf(
  minuteField: string | undefined,
  hourField: string | undefined,
  day = '*',
  weekday = '*',
): Partial<BuiltSchedule> | null {
  const minute = number(minuteField, 0, 59);
  const hour = number(hourField, 0, 23);
  const anyDay = day === '*' && weekday === '*';
  if (minute === null) {
    const step = stepOf(minuteField, minuteSteps);
    return anyDay && hourField === '*' && step !== null ? { every: 'minutes', step } : null;
  }
  if (hour === null) {
    const step = stepOf(hourField, hourSteps);
    return anyDay && step !== null ? { every: 'hours', step, minute } : null;
  }
  const time = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
  if (anyDay) return { every: 'day', time };
  return day === '*' ? weeklyOf(weekday, time) : monthlyOf(day, weekday, time);
}

function weeklyOf(weekday: string, time: string): Partial<BuiltSchedule> | null {
  const [, day, nth] = /^([0-6])#([1-4])$/.exec(weekday) ?? [];
  if (day !== undefined && nth !== undefined) return { every: 'month', day: `${nth}#${day}`, time };
  const days = weekday.split(',').flatMap(daysOf);
  return days.every((each) => each !== null) ? { every: 'week', weekdays: [...new Set(days)].sort(), time } : null;
}

/** Returns the days of `3` or `1-5`; a list with null for anything else. */
function daysOf(part: string): (number | null)[] {
  const [, from, to] = /^([0-6])(?:-([0-6]))?$/.exec(part) ?? [];
  if (from === undefined) return [null];
  const last = Number(to ?? from);
  return Array.from({ length: Math.max(0, last - Number(from) + 1) }, (_, index) => Number(from) + index);
}

function monthlyOf(day: string, weekday: string, time: string): Partial<BuiltSchedule> | null {
  if (weekday !== '*') return null;
  if (day === 'L') return { every: 'month', day: 'last', time };
  return number(day, 1, 31) === null ? null : { every: 'month', day, time };
}
