import { changeFilterSchema } from '../../contract/history.ts';
import { SchedulerError } from '../../domain/errors.ts';
import type { HistoryOperations } from '../../application/application.ts';
import { defineCommand } from '../command.ts';
import { flag, integer, text } from '../option.ts';
import { describeChanges } from '../text/describe-change.ts';
import { blocks } from '../text/describe-task.ts';
import { instant } from '../values/instant.ts';

const author = 'cli';

export const undoCommand = defineCommand({
  name: 'undo',
  summary: 'Take a change back: one, a batch, or everything of an author since an instant.',
  description:
    'Without CHANGE the last change that was not made by the scheduler itself is taken back, and with it all that was changed in one go with it. What was changed besides it since stays; where a later change is in the way, nothing is done and the fields are named. An undo is a change itself: `undo` of it brings everything back.',
  positionals: { change: { ...integer('Number of the change, as `history` shows it.', { min: 1 }), value: 'CHANGE' } },
  options: {
    author: text('Everything this author changed.', 'AUTHOR'),
    since: instant('With --author: only what was changed since then.', 'past'),
    batch: text('Everything that was changed in one go, such as one import.', 'BATCH'),
    partial: flag('With --author or --batch: take back what can be taken back, and name the rest.'),
  },
  answers:
    'undone: numbers of the changes taken back; changes: what that changed; refused: id and message of the rest.',
  examples: [
    { line: 'undo', does: 'the last change' },
    { line: 'undo 42', does: 'the change that `history` shows as 42' },
    { line: 'undo --author mcp:helper@1.0 --since 1h', does: 'everything this agent did in the last hour' },
  ],
  run: async (context, { change, author: of, since, batch, partial }) => {
    const history = await (await context.application()).history();
    const isMany = of !== undefined || batch !== undefined;
    if (change !== undefined && isMany) {
      throw new SchedulerError('usage/undo', 'Give either the number of a change, or --author or --batch.');
    }
    if (isMany) return history.undoAll({ author: of, since, batch }, author, { partial });
    if (since !== undefined || partial) {
      throw new SchedulerError('usage/undo', '--since and --partial need --author or --batch.');
    }
    return change === undefined ? undoLast(history) : history.undo(change, author);
  },
  text: async ({ undone, changes, refused }, view) =>
    blocks(
      `Undone: ${undone.length === 1 ? `change ${undone.join('')}` : `${undone.length} changes`}.`,
      await describeChanges(changes, view),
      refused.map(({ message }) => view.plain(message)).join('\n'),
    ),
});

/** An undo is passed over: calling it twice takes two changes back, as everybody knows it from editors. */
async function undoLast(history: HistoryOperations) {
  const recent = history.list(changeFilterSchema.parse({ limit: 1000 }));
  const last = recent.find(
    ({ author: by, undoes, obstacle }) => by !== 'scheduler' && undoes === null && obstacle === null,
  );
  if (last === undefined) {
    throw new SchedulerError('history/nothing-to-undo', 'There is no change that can be undone. `history` tells why.');
  }
  return last.batch === null ? history.undo(last.id, author) : history.undoAll({ batch: last.batch }, author);
}
