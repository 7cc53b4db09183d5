import { useCommands, useSession } from '../../session-context.tsx';
import { showToast } from '../../stores/toast-store.ts';
import { text } from '../../text/en.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { QuickAddForm } from './quick-add-form.tsx';

/** Quick add as a dialog in the main window. */
export function QuickAddDialog() {
  const { stores } = useSession();
  const { navigation } = useCommands();
  const close = () => navigation.setQuickAdd(false);
  const done = (name: string) => {
    close();
    showToast(stores.toasts, { tone: 'info', message: text.editor.saved(name) });
  };
  return (
    <Dialog title={text.quickAdd.title} titleHidden onDismiss={close}>
      <QuickAddForm onClose={close} onDone={done} />
    </Dialog>
  );
}
