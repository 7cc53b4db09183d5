/** Texts for moving in from other schedulers of this machine. */
export const movingIn = {
  region: 'Other schedulers on this computer',
  found: {
    crontab: (count: number) => `${count === 1 ? '1 task' : `${count} tasks`} in your crontab`,
    systemd: (count: number) => `${count === 1 ? '1 systemd user timer' : `${count} systemd user timers`}`,
    launchd: (count: number) => `${count === 1 ? '1 launchd agent' : `${count} launchd agents`}`,
    windows: (count: number) => `${count === 1 ? '1 task' : `${count} tasks`} in Task Scheduler`,
    agents: (count: number) => `${count === 1 ? '1 schedule' : `${count} schedules`} of AI agents`,
  },
  title: (found: string) => `Found ${found}`,
  and: ' and ',
  hint: 'Review what each of them runs, then import it here. Nothing changes until you confirm.',
  review: (found: string) => `Review ${found}`,
  all: 'See everything that runs on this machine',
  move: 'Move instead of copy',
  moveHint: {
    crontab:
      'Comments these lines out in your crontab and runs the tasks here. A copy of the crontab is kept, and one Undo reverses both.',
    agents:
      'Switches these schedules off in the agents and runs the tasks here. A copy of each file is kept, and one Undo reverses both.',
  },
  name: (source: string) => `Name of the task from ${source}`,
  moved: (kind: string, count: number) =>
    kind === 'agents'
      ? `Moved ${count === 1 ? '1 schedule' : `${count} schedules`} of AI agents. The tasks run here now.`
      : `Moved ${count === 1 ? '1 line' : `${count} lines`} of your crontab. The tasks run here now.`,
} as const;
