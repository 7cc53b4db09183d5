import { useSession } from '../../../session-context.tsx';
import { copyText } from '../../../bridge/clipboard.ts';
import { showToast } from '../../../stores/toast-store.ts';
import { text } from '../../../text/en.ts';
import { Button } from '../../../ui/button.tsx';
import { bindClasses } from '../../../ui/class-names.ts';
import { Dialog, DialogBody, DialogFooter } from '../../../ui/dialog.tsx';
import styles from './link-question.module.css';

const c = bindClasses(styles);

export interface LogLink {
  address: string;
  /** What the log shows for it. */
  shown: string;
}

/** Asks before a link of a log is opened, with its whole address: a program can show one text and link to another. */
export function LinkQuestion({ link, onClose }: { link: LogLink; onClose: () => void }) {
  const { stores } = useSession();
  const isSecure = new URL(link.address).protocol === 'https:';
  const copy = async () => {
    const copied = await copyText(link.address);
    showToast(stores.toasts, {
      tone: copied ? 'info' : 'error',
      message: copied ? text.logs.link.copied : text.log.notCopied,
    });
    onClose();
  };
  const open = () => {
    // The main process opens it in the browser, and denies every other scheme (main/desktop/security.ts).
    window.open(link.address, '_blank', 'noopener');
    onClose();
  };
  return (
    <Dialog title={text.logs.link.title} width="narrow" onDismiss={onClose}>
      <DialogBody>
        <p>{text.logs.link.from}</p>
        <code className={c('address')} data-selectable>
          {link.address}
        </code>
        {link.shown !== link.address && <p>{text.logs.link.otherText(link.shown)}</p>}
        {!isSecure && <p>{text.logs.link.insecure}</p>}
      </DialogBody>
      <DialogFooter>
        <Button look="quiet" onClick={onClose}>
          {text.logs.link.cancel}
        </Button>
        <Button look={isSecure ? 'plain' : 'primary'} onClick={() => void copy()}>
          {text.logs.link.copy}
        </Button>
        {isSecure && (
          <Button look="primary" onClick={open}>
            {text.logs.link.open}
          </Button>
        )}
      </DialogFooter>
    </Dialog>
  );
}
