import { CircleAlert, CircleCheck, X } from 'lucide-react';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { useSession } from '../../session-context.tsx';
import { dismissNotice } from '../../stores/toast-store.ts';
import type { Notice } from '../../stores/toast-store.ts';
import { text } from '../../text/en.ts';
import { Button } from '../../ui/button.tsx';
import { bindClasses } from '../../ui/class-names.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import styles from './notices.module.css';

const c = bindClasses(styles);

/** Long enough to read and to reach the button; errors stay until they are closed. */
const SHOWN_MS = 8000;

export function Notices() {
  const { stores } = useSession();
  const notices = useStore(stores.notices, (state) => state.notices);
  return (
    <section className={c('notices')} aria-label={text.shell.notices} aria-live="polite">
      {notices.map((notice) => (
        <NoticeCard key={notice.id} notice={notice} onClose={() => dismissNotice(stores.notices, notice.id)} />
      ))}
    </section>
  );
}

function NoticeCard({ notice, onClose }: { notice: Notice; onClose: () => void }) {
  const { id, tone, message, action } = notice;
  const { stores } = useSession();
  useEffect(() => {
    if (tone === 'error') return undefined;
    const timer = setTimeout(() => dismissNotice(stores.notices, id), SHOWN_MS);
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
