import type { Execution } from '../../contract/execution.ts';
import type { Settings } from '../../contract/settings.ts';
import { hideInText } from '../../domain/secrets/hidden-text.ts';
import type { CalendarWriter, WrittenEvent } from '../../ports/calendar-writer.ts';
import { findTiming } from '../schedule/task-lookup.ts';
import {
  calendarContent,
  type CalendarContent,
  type CalendarEvent,
  type CalendarEventsNeeds,
  type CalendarQuestion,
} from './calendar-events.ts';

/** How many days ahead, if a person does not say. */
const calendarDays = 30;
/** Part of the name of the program in each calendar: it marks a file as ours, which may be replaced. */
export const calendarMark = 'NCP Scheduler';

export interface SlotCalendarNeeds extends CalendarEventsNeeds {
  readonly writer: () => Promise<CalendarWriter>;
}

export interface CalendarAnswer extends Pick<CalendarContent, 'tasks' | 'notes'> {
  /** The calendar, as RFC 5545 says. */
  readonly text: string;
}

/** Writes when tasks run as a calendar: one event for each slot, in UTC, so that no clock change moves it. */
export class SlotCalendar {
  readonly #needs: SlotCalendarNeeds;

  constructor(needs: SlotCalendarNeeds) {
    this.#needs = needs;
  }

  /** @throws SchedulerError `timing/not-found`, `store/…`. */
  async answer(question: CalendarQuestion): Promise<CalendarAnswer> {
    const { store, clock, writer } = this.#needs;
    const { timingId } = question;
    if (timingId !== undefined) findTiming(store.read(), timingId);
    const { events, tasks, notes } = await calendarContent(this.#needs, question);
    const text = (await writer()).text({
      ...{ name: calendarMark, description: notes.join(' '), atMs: clock.now() },
      events: events.map(writtenEvent),
    });
    return { text, tasks, notes };
  }

  /** Returns the calendar of the setting `calendarFile`. */
  async ofSettings({ calendarPastDays }: Pick<Settings, 'calendarPastDays'>): Promise<string> {
    return (await this.answer({ days: calendarDays, pastDays: calendarPastDays })).text;
  }
}

function writtenEvent({ id, startMs, endMs, task, run }: CalendarEvent): WrittenEvent {
  const error = run?.error ?? null;
  return {
    uid: `${id}@ncp-scheduler`,
    ...{ startMs, endMs, categories: task.tags ?? [] },
    summary: run === null ? task.name : `${task.name}: ${outcomeOf(run)}`,
    description: error === null ? `Runs ${task.tool}.` : `Runs ${task.tool}.\n${hideInText(error.message)}`,
  };
}

const outcomes: Readonly<Record<Execution['status'], string>> = {
  running: 'running',
  success: 'succeeded',
  failure: 'failed',
  timeout: 'timed out',
  cancelled: 'cancelled',
  interrupted: 'interrupted',
  skipped: 'skipped',
};

const outcomeOf = ({ status, doubt }: NonNullable<CalendarEvent['run']>): string =>
  doubt === undefined ? outcomes[status] : 'succeeded, but doubtful';
