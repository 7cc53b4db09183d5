import type { RestoreChange } from '../../contract/backups.ts';
import type { Change, FieldDifference } from '../../contract/history.ts';
import type { TextView } from './view.ts';

const longest = 60;

/** A table of changes, a line each. */
export function describeChanges(changes: readonly Change[], view: TextView): Promise<string> {
  return view.table(
    changes,
    [
      { title: 'CHANGE', cell: ({ id }) => String(id), whole: true, align: 'right' },
      { title: 'AT', cell: ({ at }) => view.instant(at) },
      { title: 'BY', cell: ({ author }) => view.plain(author) },
      {
        title: 'TASK',
        cell: ({ taskName, action }) =>
          view.plain(taskName ?? (action.startsWith('settings.') ? 'settings' : 'everything')),
      },
      { title: 'WHAT', cell: (change) => what(change, view) },
    ],
    'Nothing was changed.',
  );
}

/** What restoring a backup does, a line for each task. */
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

/** `2 tasks come back, 1 changes, 1 goes`. */
export function restoreCounts(changes: readonly RestoreChange[]): string {
  const count = (kind: RestoreChange['kind']): number => changes.filter((change) => change.kind === kind).length;
  const [back, changed, gone] = [count('created'), count('changed'), count('deleted')];
  const parts = [
    ...(back > 0 ? [`${back} ${back === 1 ? 'task comes' : 'tasks come'} back`] : []),
    ...(changed > 0 ? [`${changed} ${changed === 1 ? 'task changes' : 'tasks change'}`] : []),
    ...(gone > 0 ? [`${gone} ${gone === 1 ? 'task goes' : 'tasks go'}`] : []),
  ];
  return parts.length === 0 ? 'no task differs from what was saved last' : parts.join(', ');
}

function restored({ kind, differences }: RestoreChange, view: TextView): string {
  if (kind === 'created') return 'comes back';
  if (kind === 'deleted') return 'goes: it is not in the backup';
  return differences.map((difference) => describeDifference(difference, view)).join('; ');
}

function what({ kind, differences, undoes, action }: Change, view: TextView): string {
  const undo = undoes === null ? '' : `undo of ${undoes}: `;
  if (kind !== 'changed') return `${undo}${kind}`;
  const fields = differences.map((difference) => describeDifference(difference, view));
  return `${undo}${fields.length === 0 ? view.plain(action) : fields.join('; ')}`;
}

function describeDifference({ field, before, after }: FieldDifference, view: TextView): string {
  return `${view.plain(field)}: ${shown(before, view)} → ${shown(after, view)}`;
}

/** A schedule as its expression and zone, a state as its words, anything else as JSON; cut where it is long. */
function shown(value: unknown, view: TextView): string {
  if (value === null || value === undefined) return 'none';
  const text =
    typeof value === 'string' ? value : isPlain(value) ? Object.values(value).join(' ') : JSON.stringify(value);
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
