import { nextSlots, slotsUpTo } from '../../main/domain/timing/slots.ts';
import { cronSpec } from '../../main/domain/timing/cron-spec.ts';
import { specOf, storedSchedule } from '../../main/domain/timing/spec-of.ts';
import type { StoredSchedule } from '../../main/domain/timing/spec-of.ts';
import { ms, ratio } from '../measure/report.ts';
import type { Table } from '../measure/report.ts';
import { median } from '../measure/statistics.ts';

const TASKS = 10_000;
const REPEATS = 3;
const TARGET = 1.5;
const FROM_MS = Date.UTC(2026, 10, 25, 10);
const ZONE = 'Europe/London';

/** Each kind of schedule as often as any other, each task at its own time of day. */
const PLAIN = ['* * *', '* * 1-5', '* * 1', '1 * *', '1,15 * *', '* 1,7 1'];
const MIXED = [
  (minute: number, hour: number) => `${minute} ${hour} * * 1-5`,
  (minute: number, hour: number) => `${minute} 6 * * *; ${(minute + 7) % 60} ${hour} * * *; 45 20 * * *`,
  (minute: number, hour: number) => `${minute} ${hour} * * 5 every 2 weeks from 2026-12-04`,
  (minute: number, hour: number) => `${minute} ${hour} * * * every 3 days from 2026-12-01`,
  (minute: number, hour: number) => `${minute} ${hour} 1 * * every 5 months from 2026-12-01`,
  (minute: number, hour: number) => `${minute} ${hour} LW * *`,
  (minute: number, hour: number) => `${minute} ${hour} 15W * *`,
  (minute: number, hour: number) => `${minute} ${hour} 13 * +5`,
  (minute: number, hour: number) => `${minute} ${hour} * * 2#2`,
  (minute: number) => `@every ${65 + minute}m`,
];

const tasksOf = (textOf: (index: number) => string): StoredSchedule[] =>
  Array.from({ length: TASKS }, (_, index) => storedSchedule(cronSpec(textOf(index), ZONE)));

/** Returns the processor time of a work, in ms: other processes do not count. */
function cpuMs(work: () => void): number {
  const times = Array.from({ length: REPEATS }, () => {
    const start = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  });
  return median(times);
}

/** Measures the next run and a planned hour of every task, with the reading of its stored schedule. */
export function measureScheduleKinds(): Table {
  const [minuteOf, hourOf] = [(index: number) => index % 60, (index: number) => Math.floor(index / 60) % 24];
  const plain = tasksOf((index) => `${minuteOf(index)} ${hourOf(index)} ${PLAIN[index % PLAIN.length]}`);
  const mixed = tasksOf((index) => MIXED[index % MIXED.length]?.(minuteOf(index), hourOf(index)) ?? '');
  const works = {
    'next run': (task: StoredSchedule) => nextSlots(specOf(task), FROM_MS, 1),
    'slots of an hour, and the one after them': (task: StoredSchedule) =>
      slotsUpTo(specOf(task), FROM_MS, FROM_MS + 3_600_000, 100),
  };
  const rows = Object.entries(works).map(([what, work]) => {
    const [ofPlain, ofMixed] = [plain, mixed].map((tasks) => cpuMs(() => tasks.forEach(work)));
    return [what, ms(ofPlain ?? 0), ms(ofMixed ?? 0), ratio(ofMixed ?? 0, ofPlain ?? 1, TARGET)];
  });
  return {
    title: `Schedules of every kind, ${TASKS} tasks`,
    note: `Processor time, median of ${REPEATS}. Mixed: several lines, every nth day, week and month, working days, Friday the 13th, nth weekdays and intervals.`,
    columns: ['what', 'plain cron', 'mixed', 'ratio'],
    rows,
  };
}
