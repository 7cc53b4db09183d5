import { Copy } from 'lucide-react';
import { copyText } from '../../bridge/clipboard.ts';
import { useSession } from '../../session-context.tsx';
import { showToast } from '../../stores/toast-store.ts';
import { text } from '../../text/en.ts';
import { Button } from '../../ui/button.tsx';
import { bindClasses } from '../../ui/class-names.ts';
import { Dialog, DialogBody, DialogFooter } from '../../ui/dialog.tsx';
import styles from './settings.module.css';

const c = bindClasses(styles);

/** Shows the full diagnostics report, so that a person can read it before sharing it. */
export function ReportDialog({ report, onClose }: { report: string; onClose: () => void }) {
  const { stores } = useSession();
  const copy = async () => {
    const copied = await copyText(report);
    const message = copied ? text.settings.reportCopied : text.log.notCopied;
    showToast(stores.toasts, { tone: copied ? 'info' : 'error', message });
    if (copied) onClose();
  };
  return (
    <Dialog title={text.settings.report} onDismiss={onClose}>
      <DialogBody>
        <p className={c('reportHint')}>{text.settings.reportHint}</p>
        <pre className={c('report')} tabIndex={0} aria-label={text.settings.report}>
          {report}
        </pre>
      </DialogBody>
      <DialogFooter>
        <Button onClick={onClose}>{text.common.close}</Button>
        <Button look="primary" icon={<Copy aria-hidden />} onClick={() => void copy()}>
          {text.settings.copyReport}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
