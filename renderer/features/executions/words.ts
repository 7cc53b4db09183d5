import type { ExecutionStatus, Trigger } from '../../../main/contract/execution.ts';

/** In the order people look for them. The types keep these lists complete when the contract changes. */
const statusOrder: Readonly<Record<ExecutionStatus, number>> = {
  running: 0,
  failure: 1,
  success: 2,
  timeout: 3,
  cancelled: 4,
  interrupted: 5,
  skipped: 6,
};
const triggerOrder: Readonly<Record<Trigger, number>> = {
  schedule: 0,
  manual: 1,
  retry: 2,
  'catch-up': 3,
  chain: 4,
  backfill: 5,
  test: 6,
};

const inOrder = <T extends string>(order: Readonly<Record<T, number>>): T[] =>
  Object.keys(order).filter((key): key is T => key in order);

export const executionStatuses = inOrder(statusOrder);
export const triggers = inOrder(triggerOrder);
