import { createStore } from 'zustand/vanilla';
import type { Snapshot } from '../../main/contract/snapshot.ts';

/** Everything from the main process except executions. */
export type Schedule = Omit<Snapshot, 'executions'>;

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
