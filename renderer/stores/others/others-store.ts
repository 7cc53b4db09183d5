import { createStore } from 'zustand/vanilla';
import type { OtherJobs } from '../../../main/contract/other-jobs.ts';

export interface OthersState {
  /** What the other schedulers of this machine run; null until loaded. */
  answer: OtherJobs | null;
  isLoading: boolean;
  failure: string | null;
}

export const createOthersStore = () =>
  createStore<OthersState>(() => ({ answer: null, isLoading: false, failure: null }));
export type OthersStore = ReturnType<typeof createOthersStore>;
