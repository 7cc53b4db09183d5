import { CircleAlert, CircleCheck, X } from 'lucide-react';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { useSession } from '../../session-context.tsx';
import { dismissToast } from '../../stores/toast-store.ts';
import type { Toast } from '../../stores/toast-store.ts';
import { text } from '../../text/en.ts';
import { Button } from '../../ui/button.tsx';
import { bindClasses } from '../../ui/class-names.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import styles from './toasts.module.css';

const c = bindClasses(styles);

/** Long enough to read a toast and reach its button, in ms. Errors stay until they are closed. */
const SHOWN_MS = 8000;

export function Toasts() {
  const { stores } = useSession();
  const toasts = useStore(stores.toasts, (state) => state.toasts);
  return (
    <section className={c('toasts')} aria-label={text.shell.toasts} aria-live="polite">
      {toasts.map((toast) => (
        <ToastCard key={toast.id} toast={toast} onClose={() => dismissToast(stores.toasts, toast.id)} />
      ))}
    </section>
  );
}

function ToastCard({ toast, onClose }: { toast: Toast; onClose: () => void }) {
  const { id, tone, message, action } = toast;
  const { stores } = useSession();
  useEffect(() => {
    if (tone === 'error') return undefined;
    const timer = setTimeout(() => dismissToast(stores.toasts, id), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [id, tone, stores]);
  const act = () => {
    action?.run();
    onClose();
  };
  return (
    <div className={c('card', tone)} role={tone === 'error' ? 'alert' : 'status'}>
      {tone === 'error' ? <CircleAlert aria-hidden /> : <CircleCheck aria-hidden />}
      <p className={c('message')}>{message}</p>
      {action && (
        <Button size="small" look="quiet" className={c('action')} onClick={act}>
          {action.label}
        </Button>
      )}
      <IconButton label={text.common.dismiss} icon={<X aria-hidden />} onClick={onClose} />
    </div>
  );
}
