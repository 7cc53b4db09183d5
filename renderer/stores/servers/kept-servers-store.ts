import { createStore } from 'zustand/vanilla';
import type { KeptServerFacts } from '../../../main/contract/kept-servers.ts';

export interface KeptServersState {
  /** Empty until loaded. */
  list: readonly KeptServerFacts[];
}

export const createKeptServersStore = () => createStore<KeptServersState>(() => ({ list: [] }));
export type KeptServersStore = ReturnType<typeof createKeptServersStore>;
