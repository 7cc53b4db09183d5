import { alreadyUndone, type Change } from '../../../main/contract/history.ts';
import type { Call } from '../../bridge/client.ts';
import { showToast } from '../../stores/toast-store.ts';
import type { Stores } from '../../stores/stores.ts';
import { text } from '../../text/en.ts';
import { attempt } from '../attempt.ts';

/** What a browser ran, which is on record but not an act that anybody would expect to undo. */
const runAction = 'browser.call';
/** More acts than anybody undoes by pressing a key. */
const ACTS_READ = 500;

/**
 * Returns the command behind Ctrl+Z: it undoes the last act of this window that still stands, since the window opened.
 * An act that cannot be undone is named once; the next call goes on to the act before it.
 */
export function undoLastCommand(call: Call, { toasts, schedule }: Stores): () => Promise<void> {
  const since = new Date().toISOString();
  const refused = new Set<number>();
  let isBusy = false;
  const lastAct = async (): Promise<Change | undefined> => {
    const { changes } = await call('history.list', {
      author: schedule.getState().schedule?.desktop.author ?? 'window',
      since,
      limit: ACTS_READ,
    });
    return changes.find(
      ({ id, undoes, obstacle, action }) =>
        undoes === null && obstacle !== alreadyUndone && !refused.has(id) && action !== runAction,
    );
  };
  const undo = async (): Promise<void> => {
    const act = await lastAct();
    if (act === undefined) return showToast(toasts, { tone: 'info', message: text.activity.nothingToUndo });
    const { id, batch, obstacle } = act;
    const what = text.activity.what(act);
    if (obstacle !== null && batch === null) {
      refused.add(id);
      return showToast(toasts, { tone: 'error', message: text.activity.refused(what, obstacle) });
    }
    refused.add(id);
    const { undone } = await (batch === null
      ? call('history.undo', { changeId: id })
      : call('history.undoAll', { batch }));
    refused.delete(id);
    const done = undone.length > 1 ? text.activity.batch(act.action, undone.length) : what;
    showToast(toasts, { tone: 'info', message: text.activity.undid(done) });
  };
  return async () => {
    if (isBusy) return;
    isBusy = true;
    await attempt(toasts, undo);
    isBusy = false;
  };
}
