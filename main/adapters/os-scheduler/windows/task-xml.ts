import { XMLBuilder } from 'fast-xml-parser';
import type { EntryMarker } from '../entry-marker.ts';
import type { MachineDays } from '../machine-rules.ts';
import { minuteMs } from '../../../domain/durations.ts';
import { MONTH_NAMES, WEEKDAY_NAMES } from '../../../domain/cron/calendar-names.ts';
import { wallTimeAt } from '../zone-offsets.ts';
import type { CalendarTrigger, InstantTrigger } from './triggers.ts';
import type { TimeSeries } from './times-of-day.ts';

export interface TaskDefinition {
  readonly uri: string;
  readonly description: string;
  /** Null for a task that this app did not write. */
  readonly marker: EntryMarker | null;
  readonly command: string;
  readonly arguments: string;
  readonly workingDirectory: string;
  readonly calendar: readonly CalendarTrigger[];
  readonly instants: readonly InstantTrigger[];
  /** Starts at each logon of this person, as `DOMAIN\\name`; empty for anybody, which only an administrator may ask for. */
  readonly logon?: { readonly account: string };
  /** Recurring triggers count from 1 January of this year, local time. */
  readonly startYear: number;
  /** Settings that replace those of this app's own entries. */
  readonly settings?: Readonly<Record<string, string | boolean | Readonly<Record<string, string>>>>;
}

/** A nested element; an array repeats it. */
interface Element {
  readonly [name: string]: string | number | boolean | Element | readonly Element[] | readonly string[];
}

/**
 * Returns the task as Task Scheduler XML, version 1.2, with the elements in the order of Microsoft's schema
 * (http://schemas.microsoft.com/windows/2004/02/mit/task).
 */
export function taskXml(task: TaskDefinition): string {
  const document = {
    '?xml': { '@version': '1.0', '@encoding': 'UTF-16' },
    Task: {
      '@version': '1.2',
      '@xmlns': 'http://schemas.microsoft.com/windows/2004/02/mit/task',
      RegistrationInfo: {
        Author: 'NCP Scheduler',
        Description: task.description,
        URI: task.uri,
        ...(task.marker === null ? {} : { Documentation: JSON.stringify(task.marker) }),
      },
      Triggers: triggers(task),
      Principals: {
        // Without a UserId, the task belongs to the person who registers it.
        Principal: { '@id': 'Author', LogonType: 'InteractiveToken', RunLevel: 'LeastPrivilege' },
      },
      Settings: { ...settings, ...task.settings },
      Actions: {
        '@Context': 'Author',
        Exec: { Command: task.command, Arguments: task.arguments, WorkingDirectory: task.workingDirectory },
      },
    },
  };
  const builder = new XMLBuilder({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    format: true,
    suppressEmptyNode: true,
  });
  return builder.build(document).replaceAll('\n', '\r\n');
}

const settings: Element = {
  MultipleInstancesPolicy: 'IgnoreNew',
  DisallowStartIfOnBatteries: false,
  StopIfGoingOnBatteries: false,
  AllowHardTerminate: true,
  // The ledger handles missed slots.
  StartWhenAvailable: false,
  RunOnlyIfNetworkAvailable: false,
  AllowStartOnDemand: true,
  Enabled: true,
  Hidden: true,
  RunOnlyIfIdle: false,
  WakeToRun: false,
  // No limit: tasks have their own.
  ExecutionTimeLimit: 'PT0S',
  // Normal. The default, 7, is below normal for everything that the task starts.
  Priority: 5,
};

function triggers({ calendar, instants, logon, startYear }: TaskDefinition): Element {
  const recurring = calendar.map(({ months, days, time }): Element => {
    const start = `${startYear}-01-01T${timeText(time.start)}`;
    return { StartBoundary: start, ...repetition(time), ...schedule(days, months) };
  });
  const once = instants.map((time): Element => {
    const start = new Date(time.start * minuteMs).toISOString().replace('.000Z', 'Z');
    return { StartBoundary: start, ...repetition(time) };
  });
  return {
    ...(once.length > 0 ? { TimeTrigger: once } : {}),
    ...(recurring.length > 0 ? { CalendarTrigger: recurring } : {}),
    ...(logon === undefined ? {} : { LogonTrigger: logon.account === '' ? '' : { UserId: logon.account } }),
  };
}

/**
 * Returns a repetition that ends a minute after the last start, so that this start is included whether or not the end
 * counts.
 */
function repetition({ interval, count }: TimeSeries): Element {
  if (count === 1) return {};
  const duration = interval * (count - 1) + 1;
  return {
    Repetition: {
      Interval: durationText(interval),
      Duration: durationText(Math.max(duration, interval)),
      StopAtDurationEnd: false,
    },
  };
}

function schedule(days: MachineDays, months: readonly number[]): Element {
  const inMonths = { Months: named(months.map((month) => MONTH_NAMES[month - 1] ?? '')) };
  const everyMonth = months.length === 12;
  switch (days.kind) {
    case 'every':
      return everyMonth
        ? { ScheduleByDay: { DaysInterval: 1 } }
        : {
            ScheduleByMonth: {
              DaysOfMonth: { Day: Array.from({ length: 31 }, (_, index) => String(index + 1)) },
              ...inMonths,
            },
          };
    case 'month-days':
      return { ScheduleByMonth: { DaysOfMonth: { Day: days.days.map(String) }, ...inMonths } };
    case 'last-day':
      return { ScheduleByMonth: { DaysOfMonth: { Day: ['Last'] }, ...inMonths } };
    case 'weekdays': {
      const weekdays = { DaysOfWeek: named(days.days.map((day) => WEEKDAY_NAMES[day] ?? '')) };
      return everyMonth
        ? { ScheduleByWeek: { WeeksInterval: 1, ...weekdays } }
        : { ScheduleByMonthDayOfWeek: { Weeks: { Week: ['1', '2', '3', '4', 'Last'] }, ...weekdays, ...inMonths } };
    }
    case 'nth-weekday': {
      const week = days.nth === -1 || days.nth === 5 ? 'Last' : String(days.nth);
      const weekdays = { DaysOfWeek: named([WEEKDAY_NAMES[days.weekday] ?? '']) };
      return { ScheduleByMonthDayOfWeek: { Weeks: { Week: [week] }, ...weekdays, ...inMonths } };
    }
  }
}

/** Returns `<Monday/><Friday/>`. */
const named = (names: readonly string[]): Element => Object.fromEntries(names.map((name) => [name, '']));

function timeText(minuteOfDay: number): string {
  const { hour, minute } = wallTimeAt(minuteOfDay * minuteMs, 0);
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}:00`;
}

function durationText(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return `PT${hours > 0 ? `${hours}H` : ''}${rest > 0 || hours === 0 ? `${rest}M` : ''}`;
}
