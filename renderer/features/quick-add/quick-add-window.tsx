import { useSession } from '../../session-context.tsx';
import { text } from '../../text/en.ts';
import { bindClasses } from '../../ui/class-names.ts';
import { QuickAddForm } from './quick-add-form.tsx';
import styles from './quick-add-window.module.css';

const c = bindClasses(styles);

/** Quick add as its own small window, opened from the tray. */
export function QuickAddWindow() {
  const { call } = useSession();
  // Closing fails only if the main process has exited, and then the window is gone too.
  const close = () => void call('app.closeQuickAdd', {}).catch(() => undefined);
  return (
    <main className={c('window')}>
      <h1 className="visually-hidden">{text.quickAdd.title}</h1>
      <QuickAddForm onClose={close} onDone={close} />
    </main>
  );
}
