import { SchedulerError } from '../../domain/errors.ts';
import type { Store } from '../../ports/store.ts';

/** Refuses a change before anything is done for it. @throws SchedulerError `store/read-only`. */
export function assertWritable(store: Pick<Store, 'state' | 'path'>): void {
  const state = store.state();
  if (state.state === 'read-only') throw new SchedulerError('store/read-only', state.message, { path: store.path });
}
