import type { RestoreChange } from '../../contract/backups.ts';
import type { Change, FieldDifference } from '../../contract/history.ts';
import { isOnDemand, neverRunAt } from '../../contract/schedule-rule.ts';
import { taskSchema } from '../../contract/task.ts';
import { storedSentence } from '../../domain/naming/sentence.ts';
import { valueWords } from '../../domain/words/value-words.ts';
import type { TextView } from './view.ts';

const longest = 60;

const recordedSchedule = taskSchema.pick({ cronExpression: true, timezone: true, runAt: true, scheduleRule: true });

/** Returns a table of changes, one line each. */
export function describeChanges(changes: readonly Change[], view: TextView): Promise<string> {
  return view.table(
    changes,
    [
      { title: 'CHANGE', cell: ({ id }) => String(id), whole: true, align: 'right' },
      { title: 'TIME', cell: ({ at }) => view.instant(at) },
      { title: 'AUTHOR', cell: ({ author }) => view.plain(author) },
      {
        title: 'TASK',
        cell: ({ taskName, action }) =>
          view.plain(taskName ?? (action.startsWith('settings.') ? 'settings' : 'all tasks')),
      },
      { title: 'WHAT', cell: (change) => what(change, view) },
    ],
    'No changes.',
  );
}

/** Returns what restoring a backup does, one line for each task. */
export function describeRestore(changes: readonly RestoreChange[], view: TextView): Promise<string> {
  return view.table(
    changes,
    [
      { title: 'TASK', cell: ({ taskName }) => view.plain(taskName ?? '') },
      { title: 'WHAT', cell: (change) => restored(change, view) },
    ],
    '',
  );
}

/** `2 tasks restored, 1 task changed, 1 task deleted`. */
export function restoreCounts(changes: readonly RestoreChange[]): string {
  const count = (kind: RestoreChange['kind']): number => changes.filter((change) => change.kind === kind).length;
  const [back, changed, gone] = [count('created'), count('changed'), count('deleted')];
  const parts = [
    ...(back > 0 ? [`${tasks(back)} restored`] : []),
    ...(changed > 0 ? [`${tasks(changed)} changed`] : []),
    ...(gone > 0 ? [`${tasks(gone)} deleted`] : []),
  ];
  return parts.length === 0 ? 'no changes' : parts.join(', ');
}

function tasks(count: number): string {
  return count === 1 ? '1 task' : `${count} tasks`;
}

function restored({ kind, differences }: RestoreChange, view: TextView): string {
  if (kind === 'created') return 'restored';
  if (kind === 'deleted') return 'deleted: not in the backup';
  return differences.map((difference) => describeDifference(difference, view)).join('; ');
}

function what({ kind, differences, undoes, action }: Change, view: TextView): string {
  const undo = undoes === null ? '' : `undo of ${undoes}: `;
  if (kind !== 'changed') return `${undo}${kind}`;
  const fields = differences.map((difference) => describeDifference(difference, view));
  return `${undo}${fields.length === 0 ? view.plain(action) : fields.join('; ')}`;
}

function describeDifference({ field, before, after }: FieldDifference, view: TextView): string {
  const words = field === 'schedule' ? scheduleShown : field === 'skipUntil' ? skipShown : shown;
  return `${view.plain(field)}: ${words(before, view)} → ${words(after, view)}`;
}

/** Returns a recorded schedule in words; as it was recorded if this version cannot read it. */
function scheduleShown(value: unknown, view: TextView): string {
  const read = recordedSchedule.safeParse(value);
  const words = read.success ? storedSentence(read.data, view.clock) : null;
  if (!read.success || words === null) return shown(value, view);
  return view.plain(isOnDemand(read.data) ? words : `${words}, ${read.data.timezone}`);
}

/** The instant of the next event is not known, so a stand-in is stored. */
const skipShown = (value: unknown, view: TextView): string =>
  value === neverRunAt ? 'the next event' : shown(value, view);

/** Returns a value in one line of words, cut if it is long. */
function shown(value: unknown, view: TextView): string {
  const text = isPlain(value) ? Object.values(value).join(' ') : valueWords(value);
  return view.plain(text.length > longest ? `${text.slice(0, longest)}…` : text);
}

function isPlain(value: unknown): value is Record<string, string> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((inner) => typeof inner === 'string')
  );
}
