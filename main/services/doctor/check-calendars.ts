import type { Calendar } from '../../contract/calendars.ts';
import type { DoctorCheck } from '../../contract/cli.ts';
import { dayMs } from '../../domain/durations.ts';
import { messageOf } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Store } from '../../ports/store.ts';
import { calendarNames, type CalendarDays } from '../calendars/calendar-days.ts';

export interface CalendarDoctorNeeds {
  readonly store: Pick<Store, 'read'>;
  readonly calendarDays: Pick<CalendarDays, 'all' | 'known' | 'tryOut'>;
  readonly clock: Clock;
}

/** Calendars are read once a day, so this is a fault of several days and not a server that restarts. */
const oldAfterMs = 3 * dayMs;

const isAddress = /^(?:https?|webcals?):/i;

/** Reports calendars that are gone, old or end soon, and which no task uses. */
export async function checkCalendars({ store, calendarDays, clock }: CalendarDoctorNeeds): Promise<DoctorCheck[]> {
  const users = usersOf(store);
  const all = calendarDays.all();
  const gone = [...users].flatMap(([name, tasks]) => (Object.hasOwn(all, name) ? [] : goneCheck(name, tasks)));
  const present = await Promise.all(
    Object.entries(all).map(async ([name, calendar]) => {
      const used = users.get(name) ?? [];
      if (used.length === 0) return name === 'weekends' ? [] : unusedCheck(name);
      const problem =
        (await unreadable(name, calendar, calendarDays, clock)) ?? ending(name, calendar, calendarDays, clock);
      return problem === null ? [] : warning(name, problem.title, problem.message);
    }),
  );
  return [...gone, ...present.flat()];
}

/** Returns the names of the tasks that use each calendar. */
function usersOf(store: CalendarDoctorNeeds['store']): Map<string, string[]> {
  const users = new Map<string, string[]>();
  for (const task of Object.values(store.read().tasks))
    for (const name of new Set(calendarNames(task))) users.set(name, [...(users.get(name) ?? []), task.name]);
  return users;
}

const warning = (name: string, title: string, message: string): DoctorCheck[] => [
  { id: `calendars/${name}`, title, status: 'warning', message, fixable: false },
];

function goneCheck(name: string, tasks: readonly string[]): DoctorCheck[] {
  const used = tasks.map((task) => `"${task}"`).join(', ');
  return warning(
    name,
    `There is no calendar ${name}`,
    `${used} ${tasks.length === 1 ? 'names' : 'name'} it, and so ${tasks.length === 1 ? 'runs' : 'run'} on its days too. Add it with \`calendars add "${name}"\`, or change the tasks with \`update TASK --skip-on none\`.`,
  );
}

const unusedCheck = (name: string): DoctorCheck[] => [
  {
    id: `calendars/${name}`,
    title: `No task uses the calendar ${name}`,
    status: 'ok',
    message: `Use it with \`update TASK --skip-on "${name}"\`, or remove it with \`calendars remove "${name}"\`.`,
    fixable: false,
  },
];

interface Problem {
  readonly title: string;
  readonly message: string;
}

/** A file on this machine is read now; an address is judged by its last readings. */
async function unreadable(
  name: string,
  calendar: Calendar,
  days: CalendarDoctorNeeds['calendarDays'],
  clock: Clock,
): Promise<Problem | null> {
  if (calendar.kind !== 'ics') return null;
  const known = days.known(name);
  const last =
    known?.readAt == null ? 'It was never read, so its days do not count.' : `The days read on ${known.readAt} count.`;
  const help = `Try it with \`calendars refresh "${name}"\`.`;
  const title = `The calendar ${name} is not up to date`;
  if (!isAddress.test(calendar.from)) {
    const problem = await days.tryOut(calendar).then(() => null, messageOf);
    return problem === null ? null : { title, message: `${problem} ${last} ${help}` };
  }
  const isOld = known?.readAt == null || clock.now() - Date.parse(known.readAt) > oldAfterMs;
  if (!isOld) return null;
  return { title, message: [known?.problem ?? '', last, help].filter((part) => part !== '').join(' ') };
}

/** Returns that the days of a calendar end this year, or have ended. Days of every week never do. */
function ending(
  name: string,
  calendar: Calendar,
  days: CalendarDoctorNeeds['calendarDays'],
  clock: Clock,
): Problem | null {
  const year = clock.nowIso().slice(0, 4);
  const listed = calendar.kind === 'dates' ? calendar.days : (days.known(name)?.days ?? []);
  const last = listed
    .map(({ date }) => date)
    .sort()
    .at(-1);
  if (calendar.kind === 'weekdays' || last === undefined || last.slice(0, 4) > year) return null;
  const [title, source] = [
    `The calendar ${name} ends on ${last}`,
    calendar.kind === 'dates' ? 'Add the dates of the next year to it' : 'Look for a newer source',
  ];
  return {
    title,
    message: `It has no later day, so tasks run on every day after it. ${source} with \`calendars add "${name}"\`.`,
  };
}
