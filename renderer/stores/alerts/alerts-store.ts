import { createStore } from 'zustand/vanilla';
import type { AlertsAnswer, SentAlert } from '../../../main/contract/alerts/outbox.ts';

export interface AlertsState {
  /** Channels, rules and the state of each channel; null until loaded. */
  answer: AlertsAnswer | null;
  /** The newest alerts, whatever became of them; null until loaded. */
  sent: { alerts: SentAlert[]; total: number } | null;
  failure: string | null;
}

export const createAlertsStore = () => createStore<AlertsState>(() => ({ answer: null, sent: null, failure: null }));
export type AlertsStore = ReturnType<typeof createAlertsStore>;
