import { createStore } from 'zustand/vanilla';
import type { CalendarView } from '../../../main/contract/calendars.ts';

export interface CalendarsState {
  /** Null until loaded. */
  list: readonly CalendarView[] | null;
  failure: string | null;
}

export const createCalendarsStore = () => createStore<CalendarsState>(() => ({ list: null, failure: null }));
export type CalendarsStore = ReturnType<typeof createCalendarsStore>;
