const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** The timeline extends this far before and after now, in ms. */
const REACH_DAYS = 7;

export const zooms = { day: 1, three: 3, week: 7 } as const;
export type Zoom = keyof typeof zooms;

/** Maps instants to positions on the timeline. */
export interface Scale {
  from: number;
  until: number;
  pxPerMs: number;
  width: number;
  x: (instant: number) => number;
}

/** Returns a scale in which `viewWidth` px show the number of days of the zoom. */
export function createScale(now: number, zoom: Zoom, viewWidth: number): Scale {
  const from = startOfDay(now, -REACH_DAYS);
  const until = startOfDay(now, REACH_DAYS + 1);
  const pxPerMs = Math.max(viewWidth, 1) / (zooms[zoom] * DAY);
  return { from, until, pxPerMs, width: (until - from) * pxPerMs, x: (instant) => (instant - from) * pxPerMs };
}

export interface Tick {
  at: number;
  /** True at midnight, where the date is shown. */
  isDay: boolean;
  /** True if the clocks change on this day. */
  clocksChange: boolean;
}

/** Width of a date on the axis, in px. */
const DATE_PX = 84;

const hourSteps: Readonly<Record<Zoom, number>> = { day: 2, three: 6, week: 24 };

/** Returns the ticks: days, and the hours that fit at this zoom. By the calendar: a day can have 23 or 25 hours. */
export function ticksOf(scale: Scale, zoom: Zoom): Tick[] {
  const ticks: Tick[] = [];
  for (let day = startOfDay(scale.from, 0); day < scale.until; day = startOfDay(day, 1)) {
    const next = startOfDay(day, 1);
    ticks.push({ at: day, isDay: true, clocksChange: next - day !== DAY });
    // The date at midnight needs the space of the first hour.
    const isTight = hourSteps[zoom] * HOUR * scale.pxPerMs < DATE_PX;
    for (let hour = hourSteps[zoom] * (isTight ? 2 : 1); hour < 24; hour += hourSteps[zoom]) {
      const at = new Date(day).setHours(hour);
      if (at < next) ticks.push({ at, isDay: false, clocksChange: false });
    }
  }
  return ticks;
}

function startOfDay(instant: number, offsetDays: number): number {
  const day = new Date(instant);
  day.setHours(0, 0, 0, 0);
  day.setDate(day.getDate() + offsetDays);
  return day.getTime();
}
