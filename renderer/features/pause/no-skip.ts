import { isOnDemand, skipsNextEvent } from '../../../main/contract/schedule-rule.ts';
import type { TaskView } from '../../../main/contract/task.ts';
import { text } from '../../text/en.ts';

/** Returns why the next run of a task cannot be skipped; null if it can. */
export function whyNoSkip(task: TaskView): string | null {
  const words = text.pausing.noSkip;
  if (isOnDemand(task)) return words.onDemand;
  if (task.status !== 'active') return words.notActive;
  return skipsNextEvent(task) ? words.skipsEvent : null;
}

/** Returns why no run of any of the tasks can be skipped; null if one can. */
export function whyNoSkips(tasks: readonly TaskView[]): string | null {
  const reasons = new Set(tasks.map(whyNoSkip));
  if (reasons.has(null)) return null;
  const [only] = reasons;
  return reasons.size === 1 && only !== undefined ? only : text.pausing.noSkip.several;
}
