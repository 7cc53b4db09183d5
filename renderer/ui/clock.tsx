import { createContext, useContext, useMemo, useSyncExternalStore } from 'react';
import type { ReactNode } from 'react';
import { formatAgo, formatCountdown, formatInstant } from '../text/format.ts';

interface Ticker {
  subscribe: (listener: () => void) => () => void;
}

/** One timer for all countdowns in the window; it stops while none is shown. */
function createTicker(): Ticker {
  const listeners = new Set<() => void>();
  let timer: ReturnType<typeof setInterval> | undefined;
  return {
    subscribe: (listener) => {
      listeners.add(listener);
      timer ??= setInterval(() => {
        for (const each of listeners) each();
      }, 1000);
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      };
    },
  };
}

const TickerContext = createContext<Ticker | null>(null);

export function ClockProvider({ children }: { children: ReactNode }) {
  const ticker = useMemo(createTicker, []);
  return <TickerContext.Provider value={ticker}>{children}</TickerContext.Provider>;
}

/** Returns the current time in ms, rounded down to `step` ms. The component re-renders only when that value changes. */
export function useNow(step = 1000): number {
  const ticker = useContext(TickerContext);
  if (!ticker) throw new Error('A clock is shown outside the ClockProvider.');
  const now = () => Math.floor(Date.now() / step) * step;
  return useSyncExternalStore(ticker.subscribe, now, now);
}

export function Countdown({ to }: { to: string }) {
  const now = useNow();
  return (
    <time dateTime={to} title={formatInstant(to)}>
      {formatCountdown(to, now)}
    </time>
  );
}

export function Ago({ at }: { at: string }) {
  const now = useNow();
  return (
    <time dateTime={at} title={formatInstant(at)}>
      {formatAgo(at, now)}
    </time>
  );
}
