import type { Notifier } from '../../ports/desktop.ts';

/** The notifier of a desktop that cannot show notifications. Its state says why. */
export function noNotifications(problem: string): Notifier {
  return {
    notify: () => Promise.resolve(false),
    withdraw: () => undefined,
    state: () => ({ available: false, problem, doNotDisturb: null, buttons: false }),
    onChoice: () => undefined,
    onStateChange: () => undefined,
  };
}
