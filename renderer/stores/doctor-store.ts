import { createStore } from 'zustand/vanilla';
import type { DoctorCheck } from '../../main/contract/cli.ts';

export interface DoctorState {
  /** What the last look found; null before the first. */
  checks: readonly DoctorCheck[] | null;
  /** ISO instant of the last look. */
  checkedAt: string | null;
  /** What goes on now. */
  busy: 'checking' | 'fixing' | null;
}

export const createDoctorStore = () => createStore<DoctorState>(() => ({ checks: null, checkedAt: null, busy: null }));
export type DoctorStore = ReturnType<typeof createDoctorStore>;
