import { useSettings } from '../../../session-context.tsx';
import { text } from '../../../text/en.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog, DialogBody, DialogFooter } from '../../../ui/dialog.tsx';
import type { Unreachable } from './save-errors.ts';
import type { SavingWay } from './save-form.ts';

/** The tool's server, if it did not answer when it was asked for its tools; null otherwise. */
export function useUnreachableServer(tool: string): Unreachable | null {
  const [server = ''] = tool.split(':', 1);
  return useSettings((state) => state.unavailable.find((candidate) => candidate.server === server) ?? null);
}

interface AskUnreachableProps extends Unreachable {
  onKeep: () => void;
  /** Saves the task paused, so that the tool can be checked before it runs, or saves it unchanged without the check. */
  onSave: (how: SavingWay) => void;
}

/** Asks how to save a task whose tool could not be checked and may be wrong. */
export function AskUnreachable({ server, message, onKeep, onSave }: AskUnreachableProps) {
  return (
    <Dialog title={text.editor.unreachableTitle(server)} width="narrow" onDismiss={onKeep}>
      <DialogBody>
        <p>{message}</p>
        <p>{text.editor.unreachableHint}</p>
      </DialogBody>
      <DialogFooter>
        <Button look="quiet" onClick={onKeep}>
          {text.editor.keepEditing}
        </Button>
        <Button onClick={() => onSave({ validate: false })}>{text.editor.saveAnyway}</Button>
        <Button look="primary" autoFocus onClick={() => onSave({ paused: true })}>
          {text.editor.savePaused}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
