import { createHash } from 'node:crypto';

/**
 * Returns the jitter of a slot in ms. It is derived from the task and the slot, so that every process that fires the
 * slot gets the same delay.
 */
export function slotJitter(taskId: string, slotMs: number, jitterMs: number): number {
  if (jitterMs === 0) return 0;
  const draw = createHash('sha256').update(`${taskId} ${slotMs}`).digest().readUInt32BE(0);
  return Math.floor((draw / 2 ** 32) * jitterMs);
}
