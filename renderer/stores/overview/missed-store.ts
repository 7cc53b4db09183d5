import { createStore } from 'zustand/vanilla';
import type { MissedReport } from '../../../main/contract/missed-runs.ts';

export interface MissedState {
  /** The missed slots that were not dismissed; null before the first answer. */
  report: MissedReport | null;
  /** Why they could not be read; null otherwise. */
  failure: string | null;
}

export const createMissedStore = () => createStore<MissedState>(() => ({ report: null, failure: null }));
export type MissedStore = ReturnType<typeof createMissedStore>;
