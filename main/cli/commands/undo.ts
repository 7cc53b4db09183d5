import { changeFilterSchema } from '../../contract/history.ts';
import { SchedulerError } from '../../domain/errors.ts';
import type { HistoryOperations } from '../../application/operations.ts';
import { defineCommand } from '../command.ts';
import { flag, integer, text } from '../option.ts';
import { describeChanges } from '../text/describe-change.ts';
import { blocks } from '../text/describe-task.ts';
import { instant } from '../values/instant.ts';

const author = 'cli';

export const undoCommand = defineCommand({
  name: 'undo',
  byPerson: true,
  summary: 'Undo one change, a batch of changes, or the changes of an author.',
  description:
    'Without CHANGE, the last change that the scheduler did not make itself is undone, with all changes of its batch. Later changes to other fields stay. If a later change affects the same fields, nothing is undone and the fields are listed. An undo is itself a change: undo it to reverse it.',
  positionals: { change: { ...integer('Number of the change, as `history` shows it.', { min: 1 }), value: 'CHANGE' } },
  options: {
    author: text('Undo everything that this author changed.', 'AUTHOR'),
    since: instant('With --author: only changes since then, for example 1h for the last hour.', 'past'),
    batch: text('Undo everything in this batch, such as one import.', 'BATCH'),
    partial: flag('With --author or --batch: undo what can be undone, and list the rest.'),
  },
  answers:
    'undone: numbers of the undone changes; changes: the changes that the undo made; refused: id and message of each change that was not undone.',
  examples: [
    { line: 'undo', does: 'undo the last change' },
    { line: 'undo 42', does: 'undo the change that `history` shows as 42' },
    { line: 'undo --author mcp:helper@1.0 --since 1h', does: 'undo everything that this agent did in the last hour' },
  ],
  run: async (context, { change, author: of, since, batch, partial }) => {
    const history = await (await context.application()).history();
    const isMany = of !== undefined || batch !== undefined;
    if (change !== undefined && isMany) {
      throw new SchedulerError('usage/undo', 'Use either CHANGE, or --author or --batch.');
    }
    if (isMany) return history.undoAll({ author: of, since, batch }, author, { partial });
    if (since !== undefined || partial) {
      throw new SchedulerError('usage/undo', '--since and --partial need --author or --batch.');
    }
    return change === undefined ? undoLast(history) : history.undo(change, author);
  },
  text: async ({ undone, changes, refused }, view) =>
    blocks(
      `Undid ${undone.length === 1 ? `change ${undone.join('')}` : `${undone.length} changes`}.`,
      await describeChanges(changes, view),
      refused.map(({ message }) => view.plain(message)).join('\n'),
    ),
});

/** Skips changes that are undos themselves, so that undoing twice reverses two changes, as in an editor. */
async function undoLast(history: HistoryOperations) {
  const recent = history.list(changeFilterSchema.parse({ limit: 1000 }));
  const last = recent.find(
    ({ author: by, undoes, obstacle }) => by !== 'scheduler' && undoes === null && obstacle === null,
  );
  if (last === undefined) {
    throw new SchedulerError(
      'history/nothing-to-undo',
      'No change can be undone. `history --json` gives the reason for each change as obstacle.',
    );
  }
  return last.batch === null ? history.undo(last.id, author) : history.undoAll({ batch: last.batch }, author);
}
