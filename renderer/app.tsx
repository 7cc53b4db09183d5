import { Tooltip } from 'radix-ui';
import { useEffect, useLayoutEffect } from 'react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { QuickAddWindow } from './features/quick-add/quick-add-window.tsx';
import { Shell } from './features/shell/shell.tsx';
import { Unreachable } from './features/shell/unreachable.tsx';
import { SessionContext } from './session-context.tsx';
import type { Session } from './session.ts';
import type { TextSize } from './stores/preferences-store.ts';
import type { ScheduleState } from './stores/schedule-store.ts';
import { QUICK_ADD_HASH, parseRoute, routeHash } from './stores/route.ts';
import { subscribe } from './subscriptions.ts';
import { text } from './text/en.ts';
import { showClock } from './text/shown-clock.ts';
import { ClockProvider } from './ui/clock.tsx';

/** The root of both windows: the main window and the small quick-add window. */
export function App({ session }: { session: Session | null }) {
  if (!session) return <Unreachable message={text.shell.outsideTheApp} />;
  const isQuickAdd = window.location.hash === QUICK_ADD_HASH;
  return (
    <SessionContext value={session}>
      <Live session={session}>{isQuickAdd ? <QuickAddWindow /> : <Shell />}</Live>
    </SessionContext>
  );
}

function Live({ session, children }: { session: Session; children: ReactNode }) {
  const { bridge, call, stores, commands } = session;
  useEffect(() => subscribe(bridge, call, stores, commands), [bridge, call, stores, commands]);
  useTheme(session);
  useShownClock(session);
  useTextSize(session);
  useAddress(session);
  return (
    <ClockProvider>
      <Tooltip.Provider delayDuration={450} skipDelayDuration={150}>
        {children}
      </Tooltip.Provider>
    </ClockProvider>
  );
}

function useTheme({ stores }: Session): void {
  const theme = useStore(stores.preferences, (state) => state.theme);
  useEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
  }, [theme]);
}

/** Follows the clock of the settings. Each change sends the schedule again, which renders the times again. */
function useShownClock({ stores }: Session): void {
  useLayoutEffect(() => {
    const show = ({ schedule }: ScheduleState) => schedule !== null && showClock(schedule.app.timeStyle.clock);
    show(stores.schedule.getState());
    return stores.schedule.subscribe(show);
  }, [stores]);
}

/** Sets the root font size, in percent of the system's. All sizes in the window are in rem and scale with it. */
const percents: Readonly<Record<TextSize, number>> = { small: 90, normal: 100, large: 115, larger: 135 };

function useTextSize({ stores }: Session): void {
  const size = useStore(stores.preferences, (state) => state.textSize);
  useEffect(() => {
    document.documentElement.style.fontSize = size === 'normal' ? '' : `${percents[size]}%`;
  }, [size]);
}

/** Synchronizes the route with the hash of the address, in both directions. */
function useAddress({ stores }: Session): void {
  useEffect(() => {
    if (window.location.hash === QUICK_ADD_HASH) return undefined;
    const readHash = () => stores.navigation.setState({ route: parseRoute(window.location.hash) });
    window.addEventListener('hashchange', readHash);
    const stop = stores.navigation.subscribe(({ route }) => {
      const hash = routeHash(route);
      if (window.location.hash !== hash) window.location.hash = hash;
    });
    return () => {
      window.removeEventListener('hashchange', readHash);
      stop();
    };
  }, [stores]);
}
