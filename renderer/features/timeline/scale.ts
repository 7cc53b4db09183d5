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

/** Hours between two labels, from the closest. A week shows days only. */
const hourSteps: Readonly<Record<Zoom, readonly number[]>> = { day: [1, 2, 3, 4, 6, 12], three: [3, 6, 12], week: [] };

/**
 * Returns the ticks: days, and the hours whose labels fit side by side and before the next day. By the calendar: a day
 * can have 23 or 25 hours.
 * @param labelPx width of the widest label with its padding
 */
export function ticksOf(scale: Scale, zoom: Zoom, labelPx: number): Tick[] {
  const ticks: Tick[] = [];
  const step = hourSteps[zoom].find((hours) => hours * HOUR * scale.pxPerMs >= labelPx) ?? 24;
  for (let day = startOfDay(scale.from, 0); day < scale.until; day = startOfDay(day, 1)) {
    const next = startOfDay(day, 1);
    ticks.push({ at: day, isDay: true, clocksChange: next - day !== DAY });
    for (let hour = step; hour < 24; hour += step) {
      const at = new Date(day).setHours(hour);
      if ((next - at) * scale.pxPerMs >= labelPx) ticks.push({ at, isDay: false, clocksChange: false });
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
