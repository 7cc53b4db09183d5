import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { bindClasses } from './class-names.ts';
import styles from './dialog.module.css';

const c = bindClasses(styles);

interface DialogProps {
  title: string;
  /** Hides the title from sight; it stays the dialog's name. */
  titleHidden?: boolean;
  width?: 'narrow' | 'normal' | 'wide';
  /** Called for Esc and a click outside: the owner decides whether to close. */
  onDismiss: () => void;
  children: ReactNode;
}

export function Dialog({ title, titleHidden = false, width = 'normal', onDismiss, children }: DialogProps) {
  return (
    <Radix.Root open onOpenChange={(open) => !open && onDismiss()}>
      <Radix.Portal>
        <Radix.Overlay className={c('overlay')} />
        <Radix.Content className={c('content', width)} aria-describedby={undefined}>
          <Radix.Title className={titleHidden ? 'visually-hidden' : c('title')}>{title}</Radix.Title>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** The part of a dialog that scrolls. */
export const DialogBody = ({ children }: { children: ReactNode }) => <div className={c('body')}>{children}</div>;

/** The buttons under it, which do not. */
export const DialogFooter = ({ children }: { children: ReactNode }) => <div className={c('footer')}>{children}</div>;
