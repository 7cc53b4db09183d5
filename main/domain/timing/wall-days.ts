import { CronExpressionParser } from 'cron-parser';
import type { CronExpression as CronIterator } from 'cron-parser';
import { MONTH } from '../cron/cron-fields.ts';
import type { CronExpression, CronSets } from '../cron/cron-sets.ts';
import { formatMonthDays, formatSet, formatWeekdays } from '../cron/format-cron.ts';
import { messageOf, SchedulerError } from '../errors.ts';
import type { WallMs } from './wall-clock.ts';

/**
 * One expression per part of the day rule. cron-parser joins the day fields by OR as we do, but takes one `#` and no
 * list beside it, so each part is asked on its own and the answers are merged.
 */
function partsOf({ months, days }: CronSets): string[] {
  const month = formatSet(months, MONTH.min, MONTH.max);
  if (days.monthDays === null && days.weekdays === null) return [`0 0 * ${month} *`];
  const parts: string[] = [];
  if (days.monthDays !== null) parts.push(`0 0 ${formatMonthDays(days)} ${month} *`);
  if (days.weekdays !== null && days.weekdays.length > 0) {
    parts.push(`0 0 * ${month} ${formatWeekdays({ ...days, nthWeekdays: [] })}`);
  }
  for (const nth of days.nthWeekdays) {
    parts.push(`0 0 * ${month} ${formatWeekdays({ ...days, weekdays: [], nthWeekdays: [nth] })}`);
  }
  return parts;
}

function nextDay(iterator: CronIterator, cron: CronExpression): WallMs {
  try {
    return iterator.next().getTime();
  } catch (error) {
    throw new SchedulerError(
      'schedule/no-next-run',
      `No further run of "${cron.canonical}" could be computed.`,
      { cron: cron.canonical, reason: messageOf(error) },
      error,
    );
  }
}

/**
 * The days of an expression that start after `fromWall`, in order, without end, each as its midnight.
 *
 * cron-parser runs in UTC, where every wall-clock time exists exactly once. Asked in a zone with clock changes of other
 * than whole hours it loses slots, and gives up altogether on `0 * * * *` (5.10.5, Australia/Lord_Howe).
 *
 * @throws SchedulerError `schedule/no-next-run` when the engine finds none.
 */
export function* wallDays(cron: CronExpression, fromWall: WallMs): Generator<WallMs, never> {
  const streams = partsOf(cron.sets).map((part) => {
    const iterator = CronExpressionParser.parse(part, { currentDate: fromWall, tz: 'UTC' });
    return { iterator, head: nextDay(iterator, cron) };
  });
  for (;;) {
    const earliest = Math.min(...streams.map(({ head }) => head));
    yield earliest;
    for (const stream of streams) if (stream.head === earliest) stream.head = nextDay(stream.iterator, cron);
  }
}
