import type { StateStorage } from 'zustand/middleware';
import { createDoctorStore } from './doctor-store.ts';
import type { DoctorStore } from './doctor-store.ts';
import { createAgentsStore } from './agents-store.ts';
import type { AgentsStore } from './agents-store.ts';
import { createExecutionsStore } from './executions-store.ts';
import type { ExecutionsStore } from './executions-store.ts';
import { createLogStore } from './log-store.ts';
import type { LogStore } from './log-store.ts';
import { createMissedStore } from './overview/missed-store.ts';
import type { MissedStore } from './overview/missed-store.ts';
import { createNavigationStore } from './navigation-store.ts';
import type { NavigationStore } from './navigation-store.ts';
import { createToastStore } from './toast-store.ts';
import type { ToastStore } from './toast-store.ts';
import { createAlertsStore, type AlertsStore } from './alerts/alerts-store.ts';
import { createOthersStore } from './others/others-store.ts';
import type { OthersStore } from './others/others-store.ts';
import { createPreferencesStore } from './preferences-store.ts';
import type { PreferencesStore } from './preferences-store.ts';
import type { Route } from './route.ts';
import { createScheduleStore } from './schedule-store.ts';
import type { ScheduleStore } from './schedule-store.ts';
import { createCalendarsStore } from './calendars/calendars-store.ts';
import type { CalendarsStore } from './calendars/calendars-store.ts';
import { createFleetStore, type FleetStore } from './machines/fleet-store.ts';
import { createSecretsStore } from './secrets-store.ts';
import type { SecretsStore } from './secrets-store.ts';
import { createKeptServersStore } from './servers/kept-servers-store.ts';
import type { KeptServersStore } from './servers/kept-servers-store.ts';
import { createSignInsStore } from './servers/sign-ins-store.ts';
import type { SignInsStore } from './servers/sign-ins-store.ts';
import { createSettingsStore } from './settings-store.ts';
import type { SettingsStore } from './settings-store.ts';
import { createFiguresStore } from './task-list/figures-store.ts';
import type { FiguresStore } from './task-list/figures-store.ts';

/** The whole state of the window. Stores hold data only; `subscriptions.ts` and the commands change them. */
export interface Stores {
  schedule: ScheduleStore;
  executions: ExecutionsStore;
  log: LogStore;
  /** The log of the test run in the task dialog; another log may be open under the dialog. */
  testLog: LogStore;
  agents: AgentsStore;
  missed: MissedStore;
  navigation: NavigationStore;
  toasts: ToastStore;
  preferences: PreferencesStore;
  settings: SettingsStore;
  doctor: DoctorStore;
  calendars: CalendarsStore;
  fleet: FleetStore;
  secrets: SecretsStore;
  keptServers: KeptServersStore;
  signIns: SignInsStore;
  figures: FiguresStore;
  others: OthersStore;
  alerts: AlertsStore;
}

/** @param machine the machine that the window shows, whose preferences and drafts are kept by themselves; null for this one */
export const createStores = (route: Route, storage: StateStorage, machine: string | null = null): Stores => ({
  schedule: createScheduleStore(),
  executions: createExecutionsStore(),
  log: createLogStore(),
  testLog: createLogStore(),
  agents: createAgentsStore(),
  missed: createMissedStore(),
  navigation: createNavigationStore(route),
  toasts: createToastStore(),
  preferences: createPreferencesStore(storage, machine),
  settings: createSettingsStore(),
  doctor: createDoctorStore(),
  calendars: createCalendarsStore(),
  fleet: createFleetStore(),
  secrets: createSecretsStore(),
  keptServers: createKeptServersStore(),
  signIns: createSignInsStore(),
  figures: createFiguresStore(),
  others: createOthersStore(),
  alerts: createAlertsStore(),
});
