import { createStore } from 'zustand/vanilla';
import type { SecretsAnswer } from '../../main/contract/secrets.ts';

export interface SecretsState {
  /** Null until loaded. */
  answer: SecretsAnswer | null;
  failure: string | null;
}

export const createSecretsStore = () => createStore<SecretsState>(() => ({ answer: null, failure: null }));
export type SecretsStore = ReturnType<typeof createSecretsStore>;
