import { basename } from 'node:path';
import type { LintItem, LintReading, LintText } from '../../../ports/lint-files.ts';
import type { ReadingContext } from '../reading/reading.ts';
import { calendarSchedules } from '../systemd/read-timer.ts';
import { readCalendarEvent } from '../systemd/read-calendar.ts';
import { Unit } from '../systemd/read-unit.ts';
import { attempt, error, note } from './finding.ts';

/** Reads the `OnCalendar=` lines of a systemd timer (`man 5 systemd.timer`). */
export function lintTimer({ name, text }: LintText, context: ReadingContext): LintReading {
  const kind = 'systemd' as const;
  if (!new Unit([text]).has('Timer')) return { kind, items: [], findings: [] };
  const lines = text.split('\n');
  const items = lines.flatMap((written, index): LintItem[] => {
    const event = /^\s*OnCalendar\s*=\s*(\S.*?)\s*$/.exec(written)?.[1];
    return event === undefined ? [] : [itemOf(basename(name), event, index + 1, context)];
  });
  const other = lines.findIndex((line) =>
    /^\s*On(?:Boot|Startup|Active|UnitActive|UnitInactive)Sec\s*=\s*\S/.test(line),
  );
  const findings = [];
  if (other >= 0) findings.push(note(other + 1, 'This setting counts from an event, so its runs cannot be listed.'));
  if (items.length === 0 && other < 0)
    findings.push(error(null, 'The timer never fires: it has neither OnCalendar= nor a setting such as OnBootSec=.'));
  return { kind, items, findings };
}

function itemOf(name: string, event: string, line: number, context: ReadingContext): LintItem {
  const base = { line, name, expression: event };
  const read = attempt(line, () => readCalendarEvent(event));
  if ('finding' in read) {
    // The reader refuses what cron cannot express, which systemd may still run.
    const message = `Not checked: ${read.finding.message} \`systemd-analyze calendar\` knows all of systemd's events.`;
    return { ...base, schedules: [], findings: [{ ...read.finding, level: 'warning', message }] };
  }
  const schedules = calendarSchedules([event], context.timezone) ?? [];
  const findings =
    schedules.length > 0 ? [] : [note(line, 'Its runs cannot be listed: cron cannot express this event.')];
  return { ...base, schedules, findings };
}
