import type { MissedCause } from '../../../main/contract/missed-runs.ts';

const runsOf = (count: number, isPartial: boolean): string => {
  const shown = `${count}${isPartial ? ' or more' : ''}`;
  return count === 1 && !isPartial ? '1 run was' : `${shown} runs were`;
};

const causes: Readonly<Record<MissedCause, (inProcess: boolean) => string>> = {
  silence: (inProcess) =>
    inProcess
      ? 'while the computer was off or asleep, or this app was closed'
      : 'while the computer was off or asleep, or you were logged out',
  'others-ran': () => 'although the computer was on: other tasks started then',
};

/** Texts about missed runs. */
export const missed = {
  card: 'Missed runs',
  cause: (cause: MissedCause, count: number, isPartial: boolean, inProcess: boolean): string =>
    `${runsOf(count, isPartial)} missed ${causes[cause](inProcess)}.`,
  one: (moment: string) => `Due ${moment}`,
  several: (count: number, first: string, last: string) => `${count} runs, ${first} to ${last}`,
  verdict: (count: number) => (count === 1 ? '1 run was missed' : `${count} runs were missed`),
  verdictHint: 'See “Missed runs” below.',
  why: 'Why?',
  whyLabel: (name: string) => `Why “${name}” did not run`,
  run: (count: number, isPartial: boolean) =>
    isPartial ? 'Run them all now' : count === 1 ? 'Run it now' : `Run all ${count} now`,
  /** The question before many runs. */
  ask: (count: number, isPartial: boolean) => `Run ${count}${isPartial ? ' or more' : ''} missed runs now?`,
  askHint: (tasks: number) =>
    `They are runs of ${tasks === 1 ? 'one task' : `${tasks} tasks`}. The runs of a task start one after the other, the oldest first.`,
  askRun: 'Run them',
  dismiss: 'Dismiss',
  started: (count: number) => (count === 1 ? '1 missed run started.' : `${count} missed runs started.`),
  failed: (reason: string) => `The missed runs cannot be read: ${reason}`,
  retry: 'Try again',
} as const;
