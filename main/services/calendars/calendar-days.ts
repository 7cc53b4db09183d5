import { builtInCalendars, type Calendar } from '../../contract/calendars.ts';
import type { Settings } from '../../contract/settings.ts';
import type { Task } from '../../contract/task.ts';
import type { CalendarRule, DayCalendar } from '../../domain/calendars/day-off.ts';
import { dayMs, hourMs } from '../../domain/durations.ts';
import { messageOf } from '../../domain/errors.ts';
import type { CalendarMemory, CalendarSources, KnownDays } from '../../ports/calendars.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Logger } from '../../ports/logger.ts';

/** Years for which days are read: the last one, so that `why` can explain it, and ten to come. */
const yearsBack = 1;
const yearsAhead = 10;
/** Files of others change, so they are read once a day; after a failure again in an hour. */
const freshMs = dayMs;
const retryMs = hourMs;
const weekdayNames = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

export interface CalendarDaysNeeds {
  readonly settings: { read(): Pick<Settings, 'calendars'> };
  readonly memory: CalendarMemory;
  readonly sources: () => Promise<CalendarSources>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Knows the days of the calendars, and keeps them up to date. */
export class CalendarDays {
  readonly #needs: CalendarDaysNeeds;
  /** The rules of the present calendars and days, so that nothing is computed again while these are the same. */
  #rules: { readonly own: unknown; readonly known: unknown; readonly byPolicy: Map<string, CalendarRule> } | null =
    null;

  constructor(needs: CalendarDaysNeeds) {
    this.#needs = needs;
  }

  /** Returns every calendar by name, those that exist without being added first. */
  all(): Readonly<Record<string, Calendar>> {
    return { ...builtInCalendars, ...this.#needs.settings.read().calendars };
  }

  /** Returns on which days a task runs; null if it has no calendars. Calendars whose days are not known do not count. */
  ruleOf({ policies, timezone }: Pick<Task, 'policies' | 'timezone'>): CalendarRule | null {
    const policy = policies?.calendars;
    if (policy === undefined) return null;
    const rules = this.#currentRules();
    const key = JSON.stringify([timezone, policy]);
    const known = rules.get(key);
    if (known !== undefined) return known;
    const skipOn = this.#calendars(policy.skipOn ?? []);
    const onlyOn = this.#calendars(policy.onlyOn ?? []);
    const rule = { skipOn, onlyOn, dayOff: policy.dayOff ?? 'skip', timezone };
    rules.set(key, rule);
    return rule;
  }

  #currentRules(): Map<string, CalendarRule> {
    const own = this.#needs.settings.read().calendars;
    const known = this.#knownOrNull();
    if (this.#rules?.own !== own || this.#rules.known !== known) this.#rules = { own, known, byPolicy: new Map() };
    return this.#rules.byPolicy;
  }

  /** Days that cannot be read do not count, and must not keep a task from running. */
  #knownOrNull(): unknown {
    try {
      return this.#needs.memory.read();
    } catch {
      // `#lastKnown` logs why.
      return null;
    }
  }

  /** Returns the known days of a calendar; null if it has none that must be read, or none were read yet. */
  known(name: string): KnownDays | null {
    const calendar = this.all()[name];
    const known = this.#needs.memory.read()[name];
    return calendar === undefined || known?.calendar !== JSON.stringify(calendar) ? null : known;
  }

  /** Reads the days that these tasks need and that are missing or old. Never throws: earlier days still count. */
  async prepare(tasks: readonly Pick<Task, 'policies'>[]): Promise<void> {
    const names = new Set(tasks.flatMap((task) => calendarNames(task)));
    if (names.size === 0) return;
    try {
      const stale = [...names].filter((name) => this.#isStale(name));
      await this.refresh(stale);
    } catch (problem) {
      this.#needs.logger.warn('Could not read the days of calendars', { problem: messageOf(problem) });
    }
  }

  /** Reads the days of these calendars again. A failure is kept with the calendar, and its earlier days stay. */
  async refresh(names: readonly string[]): Promise<void> {
    const read = await Promise.all(names.map(async (name) => [name, await this.#read(name)] as const));
    const found = read.flatMap(([name, known]) => (known === null ? [] : [[name, known] as const]));
    if (found.length === 0) return;
    const present = new Set(Object.keys(this.all()));
    this.#needs.memory.update((known) => {
      const kept = Object.entries(known).filter(([name]) => present.has(name));
      return { ...Object.fromEntries(kept), ...Object.fromEntries(found) };
    });
  }

  /** @throws SchedulerError `calendar/…` if the days cannot be read. */
  async tryOut(calendar: Calendar): Promise<void> {
    await this.#daysOf(calendar);
  }

  async #read(name: string): Promise<KnownDays | null> {
    const calendar = this.all()[name];
    if (calendar === undefined || !mustBeRead(calendar)) return null;
    const triedAt = this.#needs.clock.nowIso();
    const until = `${this.#year() + yearsAhead}-12-31`;
    const made = { calendar: JSON.stringify(calendar), triedAt };
    try {
      return { ...made, days: await this.#daysOf(calendar), until, readAt: triedAt, problem: null };
    } catch (problem) {
      const before = this.known(name);
      const { days, until: last, readAt } = before ?? { days: [], until: null, readAt: null };
      this.#needs.logger.warn('Could not read the days of a calendar', { name, problem: messageOf(problem) });
      return { ...made, days, until: last, readAt, problem: messageOf(problem) };
    }
  }

  async #daysOf(calendar: Calendar) {
    const year = this.#year();
    return (await this.#needs.sources()).days(calendar, year - yearsBack, year + yearsAhead);
  }

  #isStale(name: string): boolean {
    const calendar = this.all()[name];
    if (calendar === undefined || !mustBeRead(calendar)) return false;
    const known = this.known(name);
    if (known === null) return true;
    const nowMs = this.#needs.clock.now();
    const triedMs = nowMs - Date.parse(known.triedAt);
    if (known.problem !== null) return triedMs >= retryMs;
    if (calendar.kind === 'ics') return triedMs >= freshMs;
    return known.until === null || Number(known.until.slice(0, 4)) - this.#year() < yearsAhead - 1;
  }

  /** As `known`, for a task that is due: days that cannot be read do not count, and must not keep it from running. */
  #lastKnown(name: string): KnownDays | null {
    try {
      return this.known(name);
    } catch (problem) {
      this.#needs.logger.warn('Could not read the days of a calendar', { name, problem: messageOf(problem) });
      return null;
    }
  }

  #year(): number {
    return new Date(this.#needs.clock.now()).getUTCFullYear();
  }

  #calendars(names: readonly string[]): DayCalendar[] {
    return names.flatMap((name) => this.#dayCalendar(name) ?? []);
  }

  #dayCalendar(name: string): DayCalendar | null {
    const calendar = this.all()[name];
    if (calendar === undefined) return null;
    if (calendar.kind === 'weekdays') {
      const days = new Set(calendar.weekdays);
      return { name, dayOn: (_date, weekday) => (days.has(weekday) ? (weekdayNames[weekday] ?? '') : null) };
    }
    const days = calendar.kind === 'dates' ? calendar.days : this.#lastKnown(name)?.days;
    if (days === undefined || days.length === 0) return null;
    const byDate = new Map(days.map((day) => [day.date, day.name]));
    return { name, dayOn: (date) => byDate.get(date) ?? null };
  }
}

const mustBeRead = ({ kind }: Calendar): boolean => kind === 'holidays' || kind === 'ics';

/** Returns the names of the calendars that a task uses. */
export function calendarNames({ policies }: Pick<Task, 'policies'>): string[] {
  return [...(policies?.calendars?.skipOn ?? []), ...(policies?.calendars?.onlyOn ?? [])];
}
