import { neutralClock } from '../../main/contract/time-style.ts';
import type { ClockStyle } from '../../main/contract/time-style.ts';

/**
 * Returns how this window writes times. The style stands on the page's root, as the theme and the text size do, because
 * every text needs it.
 */
export function shownClock(): ClockStyle {
  // Unit tests of texts have no page.
  const root = typeof document === 'undefined' ? null : document.documentElement;
  return root?.dataset['clock'] === '12h' ? '12h' : neutralClock;
}

/** Sets how this window writes times. Texts that are on the page change when they are rendered again. */
export function showClock(clock: ClockStyle): void {
  document.documentElement.dataset['clock'] = clock;
}
