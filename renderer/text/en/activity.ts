import type { Change } from '../../../main/contract/history.ts';

const quoted = (change: Change): string => `“${change.taskName ?? ''}”`;
const valueOf = (change: Change, field: string): string => {
  const value = change.differences.find((difference) => difference.field === field)?.after;
  return typeof value === 'string' ? value : '';
};
const tasks = (count: number): string => (count === 1 ? '1 task' : `${count} tasks`);

/** Sentences for calls of a browser that are no changes of tasks or settings. */
const calls: Readonly<Record<string, string>> = {
  'agents.connect': 'Connected a program with an agent',
  'app.cleanUp': 'Deleted expired runs and logs',
  'command.install': 'Installed the shell command',
  'command.remove': 'Removed the shell command',
  'doctor.fix': 'Fixed what the checks found',
  'environment.refresh': 'Read the environment of tasks again',
  'executions.cancel': 'Cancelled a run',
  'executions.rerun': 'Started a run with other input',
  'legacy.replace': 'Replaced the entries of ncp',
  'secrets.remove': 'Removed a secret',
  'secrets.set': 'Stored a secret',
  'tasks.backfill': 'Started runs of past slots',
  'tasks.stopBackfill': 'Stopped runs of past slots',
  'tasks.test': 'Started a test run',
  'tasks.trigger': 'Started a run',
  'transfer.export': 'Exported tasks',
};

/** Sentences for actions, by their stored names. */
const sentences: Readonly<Record<string, (change: Change) => string>> = {
  'task.pause': (change) => `Paused ${quoted(change)}`,
  'task.resume': (change) => `Resumed ${quoted(change)}`,
  'task.skip-next': (change) => `Skipped the next run of ${quoted(change)}`,
  'task.forget-seen': (change) => `Forgot the last probe output of ${quoted(change)}`,
  'task.complete': (change) => `Completed ${quoted(change)}`,
  'task.error': (change) => `Stopped ${quoted(change)} after an error`,
  'task.trigger': (change) => (change.taskName === null ? 'Started a run' : `Started ${quoted(change)}`),
  'task.import': (change) => `${change.kind === 'created' ? 'Imported' : 'Changed by an import:'} ${quoted(change)}`,
  'task.restore': (change) =>
    change.kind === 'deleted'
      ? `Deleted ${quoted(change)}, which was not in the restored backup`
      : `Restored ${quoted(change)} from a backup`,
  'all.pause': () => 'Paused all schedules',
  'all.resume': () => 'Resumed all schedules',
  'all.undo': () => 'Undid a pause or resume of all schedules',
  'crontab.move': () => 'Commented out lines of the crontab; their tasks run here now',
  'crontab.undo': () => 'Restored lines of the crontab',
  'agents.move': () => 'Switched off schedules of AI agents; their tasks run here now',
  'agents.undo': () => 'Switched schedules of AI agents back on',
  'settings.change': () => 'Changed settings',
  'settings.import': () => 'Imported settings',
  'settings.undo': () => 'Undid a change of settings',
  'agent.change': (change) => `Changed what the agent ${quoted(change)} may do`,
  'agent.revoke': (change) => `Revoked the access of the agent ${quoted(change)}`,
  'agent.approve': (change) => `Approved a proposal: ${valueOf(change, 'title')}`,
  'agent.reject': (change) => `Rejected a proposal: ${valueOf(change, 'title')}`,
  'agent.run': () => 'Started a run',
  'agent.test-run': () => 'Started a test run',
  'agent.cancel': () => 'Cancelled a run',
  'browser.call': (change) => calls[valueOf(change, 'call')] ?? `Used ${valueOf(change, 'call')}`,
  'agent.refused': (change) => `Refused inside a run: ${valueOf(change, 'command')}`,
};

const kinds: Readonly<Record<Change['kind'], string>> = { created: 'Created', changed: 'Changed', deleted: 'Deleted' };

/** Says what a change did: `Paused “Backup”`. */
function what(change: Change): string {
  const sentence = sentences[change.action];
  if (sentence !== undefined) return sentence(change);
  if (change.undoes === null) return `${kinds[change.kind]} ${quoted(change)}`;
  if (change.kind === 'created') return `Restored ${quoted(change)}`;
  return change.kind === 'deleted' ? `Undid the creation of ${quoted(change)}` : `Undid a change of ${quoted(change)}`;
}

const batches: Readonly<Record<string, (count: number) => string>> = {
  'task.import': (count) => `Imported ${tasks(count)}`,
  'task.restore': (count) => `Restored a backup: ${tasks(count)}`,
  'task.undo': (count) => `Undid ${count} changes`,
  'task.pause': (count) => `Paused ${tasks(count)}`,
  'task.resume': (count) => `Resumed ${tasks(count)}`,
  'task.delete': (count) => `Deleted ${tasks(count)}`,
};

export const activity = {
  list: 'Changes, newest first',
  search: 'Search changes',
  who: 'Who',
  anyone: 'Anyone',
  task: 'Task',
  anyTask: 'Any task',
  you: 'You',
  commandLine: 'Command line',
  agent: (name: string) => `Agent: ${name}`,
  app: 'NCP Scheduler itself',
  file: 'Direct edits of the file',
  runs: 'Runs of tasks',
  what,
  batch: (action: string, count: number) => batches[action]?.(count) ?? `Made ${count} changes together`,
  showBatch: (count: number) => `Show ${count} changes`,
  undone: 'Undone',
  undoNamed: (change: string) => `Undo: ${change}`,
  undoAll: 'Undo all',
  undid: (change: string) => `Undone: ${change}.`,
  refused: (change: string, reason: string) => `“Undo” does not work for the last change (${change}). ${reason}`,
  cannotUndo: (reason: string) => `Cannot be undone: ${reason}`,
  nothingToUndo: 'Nothing that you did in this window can be undone. Activity shows earlier changes.',
  empty: 'No changes yet',
  emptyHint: 'What you, the command line and agents change appears here, and most of it can be undone.',
  nothingFound: 'No changes match',
  nothingFoundHint: 'Remove a filter, or search for other words.',
  clearFilters: 'Clear filters',
  unreadable: 'The changes cannot be read',
  loading: 'Loading more changes…',
} as const;
