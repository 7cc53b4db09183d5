import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { Schedule } from '../main/contract/schedule-change.ts';
import type { Capability } from '../main/contract/desktop.ts';
import type { Commands } from './commands/commands.ts';
import type { ExecutionsState } from './stores/executions-store.ts';
import type { LogState } from './stores/log-store.ts';
import type { NavigationState } from './stores/navigation-store.ts';
import type { PreferencesState } from './stores/preferences-store.ts';
import type { SettingsState } from './stores/settings-store.ts';
import type { Session } from './session.ts';

export const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('This part of the window is shown outside a session.');
  return session;
}

export const useCommands = (): Commands => useSession().commands;

export function useExecutions<T>(select: (state: ExecutionsState) => T): T {
  return useStore(useSession().stores.executions, select);
}

export function useLog<T>(select: (state: LogState) => T): T {
  return useStore(useSession().stores.log, select);
}

export function useNavigation<T>(select: (state: NavigationState) => T): T {
  return useStore(useSession().stores.navigation, select);
}

export function usePreferences<T>(select: (state: PreferencesState) => T): T {
  return useStore(useSession().stores.preferences, select);
}

export function useSettings<T>(select: (state: SettingsState) => T): T {
  return useStore(useSession().stores.settings, select);
}

/** Returns the schedule. Only for components that the window shows after the snapshot has arrived. */
export function useSchedule<T>(select: (schedule: Schedule) => T): T {
  return useStore(useSession().stores.schedule, (state) => {
    if (!state.schedule) throw new Error('This part of the window is shown before the snapshot arrived.');
    return select(state.schedule);
  });
}

/** Returns whether the program around the window can do something on the machine that is shown. Only after the snapshot. */
export const useCan = (capability: Capability): boolean =>
  useSchedule(({ desktop }) => desktop.capabilities.includes(capability));
