import { neverRunAt } from '../../../main/contract/schedule-rule.ts';
import { formatMoment } from '../format.ts';

/** Texts about keeping a task from running for a while. */
export const pausing = {
  menu: 'Pause until…',
  title: (name: string) => `Pause “${name}”`,
  until: 'Until',
  spans: {
    resumed: 'I resume it',
    hour: 'In an hour',
    tomorrow: 'Tomorrow, 9:00',
    week: 'In a week',
    at: 'A date and time…',
  },
  at: 'Date and time',
  atMissing: 'Choose a date and time.',
  atPast: 'This has passed. Choose a date and time in the future.',
  note: 'Reason (optional)',
  noteHint: 'Shown while the task is paused.',
  pause: 'Pause',
  skipNext: 'Skip next run',
  skipOneMore: 'Skip one more run',
  keepNext: 'Run it after all',
  skipped: (name: string, until: string | undefined, now: number) =>
    until === undefined || until === neverRunAt
      ? `“${name}” skips its next run.`
      : `“${name}” skips its run ${formatMoment(until, now)}.`,
  kept: (name: string) => `“${name}” does not skip that run any more.`,
  cannotKeep: (name: string) => `The skipped run of “${name}” cannot be brought back. Use Run now instead.`,
  skipping: (until: string, now: number) =>
    until === neverRunAt ? 'skips its next run' : `skips ${formatMoment(until, now)}`,
  noSkip: {
    onDemand: 'Runs only on demand: there is no next run to skip',
    notActive: 'The task is not active: there is no next run to skip',
    skipsEvent: 'Skips its next run already. Only one run after an event can be skipped',
    several: 'None of these tasks has a next run to skip',
  },
  paletteSkip: (name: string) => `Skip the next run of “${name}”`,
  paletteUntil: (name: string) => `Pause “${name}” until…`,
} as const;
