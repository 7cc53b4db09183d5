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
import { windowAddress } from './window-address.ts';
import { showClock } from './text/shown-clock.ts';
import { ClockProvider } from './ui/clock.tsx';

/** The root of both windows: the main window and the small quick-add window. @param session of this machine */
export function App({ session }: { session: Session | null }) {
  if (!session) return <Unreachable message={text.shell.outsideTheApp} />;
  if (window.location.hash === QUICK_ADD_HASH) {
    return (
      <Live home={session} session={session}>
        <Subscribed session={session} />
        <QuickAddWindow />
      </Live>
    );
  }
  return <Shown home={session} />;
}

/** The main window, bound to the machine that the person chose. */
function Shown({ home }: { home: Session }) {
  const { fleet } = home;
  const shown = useStore(fleet.machines, (state) => state.shown);
  useEffect(() => fleet.subscribe(), [fleet]);
  // Also while another machine is shown: notifications and the overview of all machines lead back here.
  useSubscription(home);
  return (
    <Live key={shown ?? ''} home={home} session={fleet.sessionOf(shown)}>
      {shown !== null && <Subscribed session={fleet.sessionOf(shown)} />}
      <Shell />
    </Live>
  );
}

/** Keeps the stores of a session up to date. */
function Subscribed({ session }: { session: Session }) {
  useSubscription(session);
  return null;
}

function useSubscription({ bridge, call, stores, commands }: Session): void {
  useEffect(() => subscribe(bridge, call, stores, commands), [bridge, call, stores, commands]);
}

function Live({ home, session, children }: { home: Session; session: Session; children: ReactNode }) {
  // How the window looks is a matter of this desktop.
  useTheme(home);
  useTextSize(home);
  useShownClock(session);
  useAddress(session);
  useTitle(session);
  return (
    <SessionContext value={session}>
      <ClockProvider>
        <Tooltip.Provider delayDuration={450} skipDelayDuration={150}>
          {children}
        </Tooltip.Provider>
      </ClockProvider>
    </SessionContext>
  );
}

function useTitle({ machine }: Session): void {
  useEffect(() => {
    document.title = machine === null ? text.shell.product : text.machines.windowTitle(machine);
  }, [machine]);
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
function useAddress({ stores, machine }: Session): void {
  useEffect(() => {
    if (window.location.hash === QUICK_ADD_HASH) return undefined;
    const readHash = () => {
      const address = windowAddress.read();
      // The hash of another machine is for its own session.
      if (address.machine === machine) stores.navigation.setState({ route: parseRoute(address.hash) });
    };
    window.addEventListener('hashchange', readHash);
    const stop = stores.navigation.subscribe(({ route }) => {
      const hash = routeHash(route);
      if (window.location.hash !== hash) window.location.hash = hash;
    });
    return () => {
      window.removeEventListener('hashchange', readHash);
      stop();
    };
  }, [stores, machine]);
}
