import { CircleAlert, CircleCheck, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { FocusEvent, KeyboardEvent } from 'react';
import { useStore } from 'zustand';
import { useSession } from '../../session-context.tsx';
import { dismissToast } from '../../stores/toast-store.ts';
import type { Toast } from '../../stores/toast-store.ts';
import { actionOf } from '../../shortcuts.ts';
import { text } from '../../text/en.ts';
import { Button } from '../../ui/button.tsx';
import { bindClasses } from '../../ui/class-names.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import styles from './toasts.module.css';

const c = bindClasses(styles);

/** Long enough to read a toast and reach its button, in ms. Errors stay until they are closed. */
const SHOWN_MS = 8000;

/** The messages of the window. They stay while the pointer or the focus is on one of them. */
export function Toasts() {
  const { stores } = useSession();
  const toasts = useStore(stores.toasts, (state) => state.toasts);
  const [isHovered, setHovered] = useState(false);
  const [isFocused, setFocused] = useState(false);
  const region = useRef<HTMLElement>(null);
  const returnFocus = useReachKey(region);
  const close = (toast: Toast) => {
    const hadFocus = region.current?.contains(document.activeElement) === true;
    dismissToast(stores.toasts, toast.id);
    if (hadFocus) returnFocus();
  };
  const onBlur = (event: FocusEvent) => {
    if (!event.currentTarget.contains(event.relatedTarget)) setFocused(false);
  };
  const isHeld = toasts.length > 0 && (isHovered || isFocused);
  // A toast that is removed under the pointer sends no event of its own.
  useEffect(() => {
    if (toasts.length > 0) return;
    setHovered(false);
    setFocused(false);
  }, [toasts.length]);
  return (
    <section
      ref={region}
      className={c('toasts')}
      aria-label={text.shell.toasts}
      aria-live="polite"
      onPointerEnter={() => setHovered(true)}
      onPointerLeave={() => setHovered(false)}
      onFocus={() => setFocused(true)}
      onBlur={onBlur}
    >
      {toasts.map((toast) => (
        <ToastCard key={toast.id} toast={toast} isHeld={isHeld} onClose={() => close(toast)} />
      ))}
    </section>
  );
}

function ToastCard({ toast, isHeld, onClose }: { toast: Toast; isHeld: boolean; onClose: () => void }) {
  const { id, tone, message, action } = toast;
  const { stores } = useSession();
  useEffect(() => {
    if (tone === 'error' || isHeld) return undefined;
    const timer = setTimeout(() => dismissToast(stores.toasts, id), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [id, tone, isHeld, stores]);
  const act = () => {
    action?.run();
    onClose();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    onClose();
  };
  return (
    <div className={c('card', tone)} role={tone === 'error' ? 'alert' : 'status'} onKeyDown={onKeyDown}>
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

/** Moves the focus to the newest toast on F8. Returns the function that moves it back. */
function useReachKey(region: { readonly current: HTMLElement | null }): () => void {
  const before = useRef<HTMLElement | null>(null);
  useEffect(() => {
    const onKeyDown = (event: globalThis.KeyboardEvent) => {
      const newest = region.current?.lastElementChild?.querySelector('button');
      if (actionOf('window', event) !== 'toast' || !newest) return;
      event.preventDefault();
      const focused = document.activeElement;
      if (focused instanceof HTMLElement && !region.current?.contains(focused)) before.current = focused;
      newest.focus();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [region]);
  return () => before.current?.focus();
}
