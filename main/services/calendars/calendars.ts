import { builtInCalendars, calendarSchema, calendarNameSchema } from '../../contract/calendars.ts';
import type { Calendar, CalendarDay, CalendarView } from '../../contract/calendars.ts';
import { SchedulerError } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { CalendarSources, CountryChoice } from '../../ports/calendars.ts';
import type { Store } from '../../ports/store.ts';
import { aboutCalendar } from './about-calendar.ts';
import { calendarNames, type CalendarDays } from './calendar-days.ts';

export interface CalendarsNeeds {
  readonly days: CalendarDays;
  readonly store: Pick<Store, 'read'>;
  /** Changes the setting with the calendars, and records it in the history. */
  readonly changes: { update(change: { calendars: Record<string, Calendar> }, author: string): unknown };
  readonly sources: () => Promise<CalendarSources>;
  readonly clock: Clock;
}

/** Lists, adds and removes the calendars that tasks name. */
export class Calendars {
  readonly #needs: CalendarsNeeds;

  constructor(needs: CalendarsNeeds) {
    this.#needs = needs;
  }

  list(): CalendarView[] {
    return Object.entries(this.#needs.days.all()).map(([name, calendar]) => this.#view(name, calendar));
  }

  /** Returns a calendar with its days from today on. @throws SchedulerError `calendar/not-found`. */
  show(name: string): { calendar: CalendarView; days: readonly CalendarDay[] } {
    const calendar = this.#found(name);
    return { calendar: this.#view(name, calendar), days: this.#daysFromToday(name, calendar) };
  }

  /**
   * Adds a calendar after its days could be read, or replaces one of this name.
   * @throws SchedulerError `calendar/…` with the reason.
   */
  async add(name: string, given: Calendar, author: string): Promise<CalendarView> {
    const named = calendarNameSchema.safeParse(name);
    if (!named.success) throw invalid('NAME', name, named.error.issues[0]?.message ?? 'is not valid');
    const checked = calendarSchema.safeParse(given);
    const issue = checked.error?.issues[0];
    if (!checked.success) throw invalid(issue?.path.join('.') ?? '', '', issue?.message ?? 'is not valid');
    const { days, changes } = this.#needs;
    await days.tryOut(checked.data);
    changes.update({ calendars: { ...this.#own(), [name]: checked.data } }, author);
    await days.refresh([name]);
    return this.#view(name, checked.data);
  }

  /** @throws SchedulerError `calendar/exists` if there is a calendar of this name. */
  assertNew(name: string): void {
    if (!Object.hasOwn(this.#needs.days.all(), name)) return;
    const message = `There is a calendar "${name}" already. Choose another name.`;
    throw new SchedulerError('calendar/exists', message, { name });
  }

  /** @throws SchedulerError `calendar/not-found`, `calendar/in-use`. */
  remove(name: string, author: string): CalendarView {
    const calendar = this.#found(name);
    const own = this.#own();
    if (!Object.hasOwn(own, name)) {
      const message = `The calendar "${name}" is built in and cannot be removed.`;
      throw new SchedulerError('calendar/built-in', message, { name });
    }
    const view = this.#view(name, calendar);
    if (view.tasks.length > 0 && !Object.hasOwn(builtInCalendars, name)) {
      const used = view.tasks.map((task) => `"${task}"`).join(', ');
      const message = `The calendar "${name}" is used by ${used}. Change them first: \`update TASK --skip-on none\`.`;
      throw new SchedulerError('calendar/in-use', message, { name, tasks: view.tasks });
    }
    const { [name]: _removed, ...rest } = own;
    this.#needs.changes.update({ calendars: rest }, author);
    return view;
  }

  /** Reads the days again, of one calendar or of all. @throws SchedulerError `calendar/not-found`. */
  async refresh(name?: string): Promise<CalendarView[]> {
    if (name !== undefined) this.#found(name);
    await this.#needs.days.refresh(name === undefined ? Object.keys(this.#needs.days.all()) : [name]);
    return this.list().filter((view) => name === undefined || view.name === name);
  }

  /** Returns the countries, or the states of one, for which holidays are known. */
  async choices(country?: string): Promise<CountryChoice[]> {
    return (await this.#needs.sources()).choices(country);
  }

  #own(): Readonly<Record<string, Calendar>> {
    const all = this.#needs.days.all();
    return Object.fromEntries(Object.entries(all).filter(([name, calendar]) => builtInCalendars[name] !== calendar));
  }

  #found(name: string): Calendar {
    const all = this.#needs.days.all();
    const calendar = Object.hasOwn(all, name) ? all[name] : undefined;
    if (calendar !== undefined) return calendar;
    const message = `There is no calendar with the name "${name}". Known are ${Object.keys(all).join(', ')}; \`calendars add\` adds one.`;
    throw new SchedulerError('calendar/not-found', message, { name, known: Object.keys(all) });
  }

  #daysFromToday(name: string, calendar: Calendar): readonly CalendarDay[] {
    const today = this.#needs.clock.nowIso().slice(0, 10);
    const days = calendar.kind === 'dates' ? calendar.days : (this.#needs.days.known(name)?.days ?? []);
    return days.filter(({ date }) => date >= today).sort((one, other) => one.date.localeCompare(other.date));
  }

  #view(name: string, calendar: Calendar): CalendarView {
    const known = this.#needs.days.known(name);
    const tasks = Object.values(this.#needs.store.read().tasks).filter((task) => calendarNames(task).includes(name));
    return {
      name,
      kind: calendar.kind,
      about: aboutCalendar(calendar),
      next: this.#daysFromToday(name, calendar)[0] ?? null,
      days:
        calendar.kind === 'weekdays'
          ? null
          : calendar.kind === 'dates'
            ? calendar.days.length
            : (known?.days.length ?? 0),
      readAt: known?.readAt ?? null,
      problem: known?.problem ?? null,
      tasks: tasks.map((task) => task.name),
    };
  }
}

function invalid(field: string, value: string, message: string): SchedulerError {
  return new SchedulerError('calendar/invalid', `The calendar was not added: ${field}: ${message}.`, { field, value });
}
