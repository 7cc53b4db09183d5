import { createStore } from 'zustand/vanilla';
import type { IpcOutput } from '../../../main/contract/ipc.ts';

export interface FleetStoreState {
  /** Null until loaded. */
  answer: IpcOutput<'fleet.state'> | null;
  failure: string | null;
}

/** The fleet of PostgreSQL that the machine of this window has joined. */
export const createFleetStore = () => createStore<FleetStoreState>(() => ({ answer: null, failure: null }));
export type FleetStore = ReturnType<typeof createFleetStore>;
