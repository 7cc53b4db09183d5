import { IANAZone } from 'luxon';
import { minuteMs, hourMs, dayMs } from '../../../domain/durations.ts';

/**
 * Returns when systemd calendar events elapse, from their text alone (`man 7 systemd.time`; `systemd.os.test.ts`
 * compares it with the real `systemd-analyze`). A missing local time is skipped, a repeated one counts once, the first
 * time.
 */
export function onCalendarFires(specs: readonly string[], fromMs: number, untilMs: number): number[] {
  const fires = new Set<number>();
  for (const spec of specs) for (const fire of firesOf(spec, fromMs, untilMs)) fires.add(fire);
  return [...fires].sort((a, b) => a - b);
}

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const SPEC = /^(?:((?:[A-Z][a-z]{2}|\.\.|,)+) )?(\S+?)-(\S+?)([-~])(\S+) (\S+?):(\S+?):00 (\S+)$/;

function firesOf(spec: string, fromMs: number, untilMs: number): number[] {
  const match = SPEC.exec(spec);
  if (match === null) throw new Error(`not understood: ${spec}`);
  const [
    ,
    weekdayText,
    yearText = '',
    monthText = '',
    border = '',
    dayText = '',
    hourText = '',
    minuteText = '',
    zone = '',
  ] = match;
  const weekdays = weekdayText === undefined ? null : listed(weekdayText, (name) => WEEKDAYS.indexOf(name) + 1);
  const years = yearText === '*' ? null : new Set(listed(yearText, Number));
  const lastYear = years === null ? Infinity : Math.max(...years);
  const [months, hours, minutes] = [monthText, hourText, minuteText].map((text) =>
    text === '*' ? null : listed(text, Number),
  );
  const days = dayText === '*' ? null : dayText.endsWith('/1') ? null : listed(dayText, Number);
  const rules = IANAZone.create(zone);
  const fires: number[] = [];
  let day = Math.floor(fromMs / dayMs) * dayMs - 2 * dayMs;
  for (; day < untilMs + 2 * dayMs; day += dayMs) {
    const date = new Date(day);
    if (date.getUTCFullYear() > lastYear) break;
    if (years?.has(date.getUTCFullYear()) === false) continue;
    if (months && !months.includes(date.getUTCMonth() + 1)) continue;
    if (weekdays && !weekdays.includes(date.getUTCDay() || 7)) continue;
    const daysLeft =
      new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate() - date.getUTCDate() + 1;
    if (border === '~' && dayText === '07/1' && daysLeft > 7) continue;
    if (days && !days.includes(border === '~' ? daysLeft : date.getUTCDate())) continue;
    const before = rules.offset(day - 15 * hourMs);
    const after = rules.offset(day + dayMs + 15 * hourMs);
    for (const hour of hours ?? Array.from({ length: 24 }, (_, index) => index)) {
      for (const minute of minutes ?? Array.from({ length: 60 }, (_, index) => index)) {
        const wall = day + (hour * 60 + minute) * minuteMs;
        const possible = [...new Set([before, after])].map((offset) => wall - offset * minuteMs);
        const real = possible.filter((at) => before === after || at + rules.offset(at) * minuteMs === wall);
        const fire = Math.min(...real);
        if (real.length > 0 && fire > fromMs && fire <= untilMs) fires.push(fire);
      }
    }
  }
  return fires;
}

function listed(text: string, valueOf: (part: string) => number): number[] {
  return text.split(',').flatMap((part) => {
    const [first = 0, last = first] = part.split('..').map(valueOf);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}
