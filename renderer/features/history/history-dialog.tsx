import { useCommands } from '../../session-context.tsx';
import { text } from '../../text/en.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogBody, DialogFooter } from '../../ui/dialog.tsx';
import { HistoryList } from './history-list.tsx';

/** Lists all changes of one task in a dialog. */
export function HistoryDialog({ taskId, name }: { taskId: string; name: string }) {
  const { navigation } = useCommands();
  return (
    <Dialog title={text.history.title(name)} width="wide" onDismiss={navigation.closeHistory}>
      <DialogBody>
        <HistoryList taskId={taskId} />
      </DialogBody>
      <DialogFooter>
        <Button onClick={navigation.closeHistory}>{text.common.close}</Button>
      </DialogFooter>
    </Dialog>
  );
}
