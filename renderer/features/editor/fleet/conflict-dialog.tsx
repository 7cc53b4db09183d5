import { text } from '../../../text/en.ts';
import { Button } from '../../../ui/button.tsx';
import { bindClasses } from '../../../ui/class-names.ts';
import { Dialog, DialogBody, DialogFooter } from '../../../ui/dialog.tsx';
import { valueWords } from '../../history/value-words.ts';
import type { Conflict } from './conflict.ts';
import styles from './conflict.module.css';

const c = bindClasses(styles);
const words = text.fleet.conflict;

interface ConflictDialogProps {
  conflict: Conflict;
  onKeep: () => void;
  /** Saves what the dialog changes over the other member's change. */
  onSave: () => void;
  /** Discards what was typed. The task has the other member's change already. */
  onTakeTheirs: () => void;
}

/** Shows both sides of a shared task that two members changed at once. Nothing was saved, and nothing is lost. */
export function ConflictDialog({ conflict, onKeep, onSave, onTakeTheirs }: ConflictDialogProps) {
  const { member, fields, message } = conflict;
  return (
    <Dialog title={words.title} onDismiss={onKeep}>
      <DialogBody>
        {member === null || fields.length === 0 ? (
          <p>{message}</p>
        ) : (
          <>
            <p>{words.hint(member)}</p>
            <table className={c('sides')} data-selectable>
              <thead>
                <tr>
                  <th scope="col">{words.field}</th>
                  <th scope="col">{words.yours}</th>
                  <th scope="col">{words.theirs(member)}</th>
                </tr>
              </thead>
              <tbody>
                {fields.map(({ field, yours, theirs }) => (
                  <tr key={field}>
                    <th scope="row">{text.history.field(field)}</th>
                    <td>{valueWords(field, yours)}</td>
                    <td>{valueWords(field, theirs)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </>
        )}
      </DialogBody>
      <DialogFooter>
        <Button look="quiet" onClick={onTakeTheirs}>
          {words.takeTheirs}
        </Button>
        <Button onClick={onSave}>{words.saveMine}</Button>
        <Button look="primary" autoFocus onClick={onKeep}>
          {text.editor.keepEditing}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
