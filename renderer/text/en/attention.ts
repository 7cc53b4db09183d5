import type { AttentionKind } from '../../../main/contract/attention.ts';

interface AttentionForm {
  lateAfter: string;
  longAfter: string;
  overdueAfter: string;
}

const kinds: Readonly<Record<AttentionKind, string>> = {
  late: 'late',
  long: 'taking too long',
  overdue: 'overdue',
  budget: 'over budget',
  credentials: 'signed out',
};

/** Texts about tasks that are late, take too long or are overdue. */
export const attention = {
  kinds,
  title: 'Late, slow and overdue',
  summary: ({ lateAfter, longAfter, overdueAfter }: AttentionForm): string => {
    const parts = [
      lateAfter === '' ? null : `late after ${lateAfter}`,
      longAfter === '' ? null : `too long after ${longAfter}`,
      overdueAfter === '' ? null : `overdue after ${overdueAfter}`,
    ].filter((part) => part !== null);
    return parts.length === 0 ? 'not set' : parts.join(', ');
  },
  never: 'never',
  late: 'Notify if a run has not started after',
  lateHint: 'Counted from the time it is due: 10m.',
  long: 'Notify if a run takes longer than',
  longHint: 'A time such as 20m, or 3x for three times what its runs usually take.',
  overdue: 'Notify if no run has succeeded for',
  overdueHint: 'For example 1d. 0s turns the default of the settings off.',
  usual: (duration: string) => `95% of its runs take ${duration} or less.`,
  offer: 'Notify after 3 times that',
  longInvalid: 'Enter a duration such as 20m, or a multiple from 1x to 100x.',
  card: 'Late, slow, overdue, over budget or signed out',
  verdict: (count: number) =>
    count === 1
      ? '1 task is late, slow, overdue, over budget or signed out'
      : `${count} tasks are late, slow, overdue, over budget or signed out`,
  verdictHint: 'Nothing has failed yet. See below.',
  settings: {
    late: 'Late after',
    lateHint: 'Notify if a run has not started this long after it was due. For tasks without their own limit.',
    long: 'Too long after',
    longHint: 'Notify if a run takes longer: a time such as 20m, or 3x for three times what the task usually takes.',
    credentials: 'Check sign-ins before a run',
    credentialsHint:
      'How long before it: whether the agent, the MCP server or a secret that it needs is still there. 0s turns this off.',
    overdue: 'Overdue after',
    overdueHint: 'Notify if a task has not succeeded for this long. For tasks without their own limit.',
  },
} as const;
