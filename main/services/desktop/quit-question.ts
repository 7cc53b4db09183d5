/** What a person should know before the app ends. */
export interface QuitFacts {
  /** Names of the tasks that run now. */
  readonly running: readonly string[];
  /** Groups that still fire on schedule. */
  readonly groups: number;
  /** Who starts them: `systemd`, `cron`, …, or `in-process` for the app itself. */
  readonly osScheduler: string;
}

export interface QuitQuestion {
  readonly message: string;
  readonly detail: string;
}

const longestList = 5;

/** Null where there is nothing to ask: no task runs. */
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
    return 'After that nothing runs on schedule until you open NCP Scheduler again: no OS scheduler carries your tasks.';
  }
  const carried = groups === 1 ? 'Your schedule is' : `Your ${groups} schedules are`;
  return `${carried} carried by ${osScheduler}, which goes on starting runs without the app.`;
}
