import { createStore } from 'zustand/vanilla';
import type { DoctorCheck } from '../../main/contract/cli.ts';

export interface DoctorState {
  /** The results of the last checks; null before the first. */
  checks: readonly DoctorCheck[] | null;
  /** ISO instant of the last checks. */
  checkedAt: string | null;
  /** What is in progress now. */
  busy: 'checking' | 'fixing' | null;
}

export const createDoctorStore = () => createStore<DoctorState>(() => ({ checks: null, checkedAt: null, busy: null }));
export type DoctorStore = ReturnType<typeof createDoctorStore>;
