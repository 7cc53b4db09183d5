const runs = (count: number) => (count === 1 ? '1 run' : `${count} runs`);

export const overview = {
  allWell: 'No problems found',
  allWellHint: (active: number) =>
    active === 1 ? 'Your task is running on schedule.' : 'Everything is running on schedule.',
  nothingActive: 'No active tasks',
  nothingActiveHint: 'Resume a task, or create one.',
  failures: (count: number) => (count === 1 ? '1 task is failing' : `${count} tasks are failing`),
  failuresHint: 'See “Failures” below.',
  pausedTitle: 'Everything is paused',
  pausedHint: 'No task runs on schedule until you resume.',
  osTrouble: (count: number) =>
    count === 1
      ? '1 group does not run while this app is closed'
      : `${count} groups do not run while this app is closed`,
  osTroubleHint: (count: number) =>
    count === 1
      ? 'Its entry in the operating system is missing or has changed.'
      : 'Their entries in the operating system are missing or have changed.',
  wrong: (count: number) => (count === 1 ? '1 problem found' : `${count} problems found`),
  wrongHint: 'See “Operating system” below.',
  next: 'Next runs',
  nothingAhead: 'No upcoming runs.',
  running: 'Running now',
  nothingRunning: 'Nothing is running.',
  failed: 'Failures',
  nothingFailed: 'No task is failing.',
  recovered: (names: readonly string[]) => {
    const shown = names.slice(0, 3).map((name) => `“${name}”`);
    const rest = names.length > shown.length ? [`${names.length - shown.length} more`] : [];
    return `Succeeded again: ${[...shown, ...rest].join(', ')}.`;
  },
  markSeen: 'Dismiss all',
  times: (count: number) => `${count} times`,
  paused: 'Paused',
  scheduler: 'Operating system',
  schedulerWith: (kind: string) => `${kind} starts your runs`,
  schedulerInProcess: 'This app starts your runs while it is open',
  entriesOk: (count: number) => (count === 1 ? '1 entry installed' : `${count} entries installed`),
  entriesWrong: (count: number) => (count === 1 ? '1 entry needs attention' : `${count} entries need attention`),
  showGroup: 'Show group',
  strip: 'Last 14 days',
  stripDay: (day: string, good: number, bad: number) =>
    good + bad === 0
      ? `${day}: no runs`
      : `${day}: ${runs(good + bad)}, ${bad === 0 ? 'none failed' : `${bad} failed`}`,
  stripSummary: (total: number, bad: number) =>
    total === 0 ? 'No runs yet' : `${runs(total)}, ${bad === 0 ? 'none failed' : `${bad} failed`}`,
  more: (count: number) => `${count} more`,
  quickAdd: 'Quick add',
} as const;
