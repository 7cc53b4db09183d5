/** The facts for the question before the app quits. */
export interface QuitFacts {
  /** Names of the running tasks. */
  readonly running: readonly string[];
  /** Number of groups that still run on schedule. */
  readonly groups: number;
  /** The scheduler that starts them: `systemd`, `cron`, …, or `in-process` for the app itself. */
  readonly osScheduler: string;
}

export interface QuitQuestion {
  readonly message: string;
  readonly detail: string;
}

const longestList = 5;

/** Returns the question to ask before quitting; null if no task is running. */
export function quitQuestion({ running, groups, osScheduler }: QuitFacts): QuitQuestion | null {
  if (running.length === 0) return null;
  const [only] = running;
  const message = running.length === 1 ? `“${only}” is running` : `${running.length} tasks are running`;
  const shown = running.slice(0, longestList).join(', ');
  const names = running.length > longestList ? `${shown} and ${running.length - longestList} more` : shown;
  const stopped = running.length === 1 ? 'Quitting stops it.' : `Quitting stops them: ${names}.`;
  return { message, detail: `${stopped}\n\n${whatStillFires(groups, osScheduler)}` };
}

function whatStillFires(groups: number, osScheduler: string): string {
  if (groups === 0) return 'Nothing else is scheduled.';
  if (osScheduler === 'in-process') {
    return 'After that, no task runs on schedule until you open NCP Scheduler again: no OS scheduler is in use.';
  }
  return `${osScheduler} keeps running your ${groups === 1 ? 'schedule' : `${groups} schedules`} without the app.`;
}
