import type { Application } from '../application/application.ts';
import type { HandlersOf } from './handlers.ts';
import type { Host } from './host.ts';
import { withSentences } from './schedule-sentences.ts';

/** Lists and undoes changes to tasks and settings. */
export function historyHandlers(application: Application, { author }: Pick<Host, 'author'>): HandlersOf<'history'> {
  return {
    'history.list': async (filter) => ({
      changes: withSentences((await application.history()).list(filter), application.timeStyle().clock),
    }),
    'history.authors': async () => ({ authors: (await application.history()).authors() }),
    'history.undo': async ({ changeId }) => (await application.history()).undo(changeId, author),
    'history.undoAll': async ({ partial, ...filter }) =>
      (await application.history()).undoAll(filter, author, { partial }),
  };
}
