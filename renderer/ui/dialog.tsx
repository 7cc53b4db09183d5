import { Dialog as Radix } from 'radix-ui';
import { useEffect, useRef, useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { bindClasses } from './class-names.ts';
import { openerOf, returnFocus } from './focus-return.ts';
import styles from './dialog.module.css';

const c = bindClasses(styles);

interface DialogProps {
  title: string;
  /** Hides the title visually; it stays the accessible name of the dialog. */
  titleHidden?: boolean;
  width?: 'narrow' | 'normal' | 'wide';
  /** Called on Esc and on a click outside. The owner decides whether to close the dialog. */
  onDismiss: () => void;
  children: ReactNode;
}

export function Dialog({ title, titleHidden = false, width = 'normal', onDismiss, children }: DialogProps) {
  const [opener] = useState(() => openerOf(document.activeElement));
  return (
    <Radix.Root open onOpenChange={(open) => !open && onDismiss()}>
      <Radix.Portal>
        <Radix.Overlay className={c('overlay')} />
        <Radix.Content
          className={c('content', width)}
          aria-describedby={undefined}
          onOpenAutoFocus={focusWanted}
          onKeyUp={showFocused}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            returnFocus(opener);
          }}
        >
          <Radix.Title className={titleHidden ? 'visually-hidden' : c('title')}>{title}</Radix.Title>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/**
 * Focuses the button that asks for it. React's `autoFocus` comes too early in a dialog over another one, which takes the
 * focus back; the first button, often the dangerous one, would get it.
 */
function focusWanted(event: Event): void {
  const content = event.currentTarget instanceof HTMLElement ? event.currentTarget : null;
  const wanted = content?.querySelector<HTMLElement>('[data-autofocus]');
  if (wanted == null) return;
  event.preventDefault();
  wanted.focus();
}

/** From its last control, Tab leads back to the first one without a scroll to it. */
function showFocused({ key }: KeyboardEvent): void {
  if (key === 'Tab') document.activeElement?.scrollIntoView({ block: 'nearest' });
}

/** The scrolling part of a dialog. Focusable if it can be scrolled and nothing in it takes the focus. */
export function DialogBody({ children }: { children: ReactNode }) {
  const body = useRef<HTMLDivElement>(null);
  const [needsFocus, setNeedsFocus] = useState(false);
  useEffect(() => {
    const element = body.current;
    if (element === null) return undefined;
    const look = () => {
      const scrolls = element.scrollHeight > element.clientHeight;
      setNeedsFocus(scrolls && element.querySelector(focusable) === null);
    };
    const watch = new ResizeObserver(look);
    watch.observe(element);
    for (const child of element.children) watch.observe(child);
    look();
    return () => watch.disconnect();
  }, [children]);
  return (
    <div ref={body} className={c('body')} tabIndex={needsFocus ? 0 : undefined}>
      {children}
    </div>
  );
}

const focusable = 'a[href], button:not(:disabled), input, select, textarea, summary, [tabindex="0"]';

/** The buttons of a dialog, which do not scroll. */
export const DialogFooter = ({ children }: { children: ReactNode }) => <div className={c('footer')}>{children}</div>;
