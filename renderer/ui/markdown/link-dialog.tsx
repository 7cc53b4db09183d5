import { text } from '../../text/en.ts';
import { Button } from '../button.tsx';
import { bindClasses } from '../class-names.ts';
import { Dialog, DialogBody, DialogFooter } from '../dialog.tsx';
import { canOpen } from './can-open.ts';
import styles from './markdown.module.css';

const c = bindClasses(styles);
const words = text.markdown;

/** Asks before a link leaves the app, and shows where it leads. */
export function LinkDialog({ address, onClose }: { address: string; onClose: () => void }) {
  const opens = canOpen(address);
  const open = () => {
    // The main process opens it in the browser, and refuses every other scheme.
    window.open(address);
    onClose();
  };
  return (
    <Dialog title={opens ? words.title : words.refused} width="narrow" onDismiss={onClose}>
      <DialogBody>
        <code className={c('address')} data-selectable>
          {address}
        </code>
      </DialogBody>
      <DialogFooter>
        <Button onClick={onClose}>{opens ? text.common.cancel : text.common.close}</Button>
        {opens && (
          <Button look="primary" onClick={open}>
            {words.open}
          </Button>
        )}
      </DialogFooter>
    </Dialog>
  );
}
