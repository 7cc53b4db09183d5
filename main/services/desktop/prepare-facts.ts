import type { Clock } from '../../ports/clock.ts';
import type { Store } from '../../ports/store.ts';
import type { TimingFacts } from '../schedule/timing-facts.ts';

/** Longest turn, in ms. In between, this process answers the page that is loading. */
const turnMs = 8;

export interface PreparedFrom {
  readonly store: Pick<Store, 'state' | 'read'>;
  readonly clock: Pick<Clock, 'now' | 'setTimer'>;
}

/**
 * Fills the cache of what schedules mean. With a thousand groups that takes half a second, which is free while the page of a
 * new window loads. An unreadable schedule has nothing to prepare; the snapshot says so.
 */
export async function prepareFacts({ store, clock }: PreparedFrom, facts: TimingFacts): Promise<void> {
  if (store.state().state !== 'ok') return;
  const style = facts.clock();
  let turnEndsMs = clock.now() + turnMs;
  for (const timing of Object.values(store.read().timings)) {
    facts.of(timing, clock.now(), style);
    if (clock.now() < turnEndsMs) continue;
    await new Promise<void>((resolve) => clock.setTimer(resolve, 0));
    turnEndsMs = clock.now() + turnMs;
  }
}
