import { fireCheck } from '../fired/fire-check.ts';
import { runtimeFolder } from '../fired/fired-groups.ts';
import { quoteWord, protectDollars } from './unit-file.ts';

/** As systemd understands it: 1 skips the start of the program, 0 starts it. */
export const fireCondition = fireCheck({ skips: 1, starts: 0 });

/**
 * Returns the condition of a group's service (`man 5 systemd.service`, `ExecCondition=`; systemd before 243 ignores it
 * and starts the program each time).
 */
export function conditionLine(timingId: string, namespace: string): string {
  const script = quoteWord(protectDollars(fireCondition, 1));
  return `ExecCondition=/bin/sh -c ${script} ncp-scheduler "%t/${runtimeFolder(namespace)}" ${quoteWord(timingId)}`;
}
