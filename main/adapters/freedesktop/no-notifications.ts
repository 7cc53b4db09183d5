import type { Notifier } from '../../ports/desktop.ts';

/** Where nothing can be shown at all: it says so, and why. */
export function noNotifications(problem: string): Notifier {
  return {
    notify: () => Promise.resolve(false),
    withdraw: () => undefined,
    state: () => ({ available: false, problem, doNotDisturb: null, buttons: false }),
    onChoice: () => undefined,
    onStateChange: () => undefined,
  };
}
