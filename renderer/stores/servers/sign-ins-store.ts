import { createStore } from 'zustand/vanilla';
import type { ServerSignIn } from '../../../main/contract/sign-in.ts';

export interface SignInsState {
  /** Null until loaded. */
  list: readonly ServerSignIn[] | null;
}

export const createSignInsStore = () => createStore<SignInsState>(() => ({ list: null }));
export type SignInsStore = ReturnType<typeof createSignInsStore>;
