import { createStore } from 'zustand/vanilla';
import type { Schedule } from '../../main/contract/schedule-change.ts';

export interface ScheduleState {
  connection: 'connecting' | 'ready' | 'failed';
  /** Why the connection failed; null otherwise. */
  failure: string | null;
  /** The last snapshot received. Kept while reconnecting, so that the window never goes blank. */
  schedule: Schedule | null;
}

export const createScheduleStore = () =>
  createStore<ScheduleState>(() => ({ connection: 'connecting', failure: null, schedule: null }));
export type ScheduleStore = ReturnType<typeof createScheduleStore>;
