import { Tooltip as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { bindClasses } from './class-names.ts';
import styles from './tooltip.module.css';

const c = bindClasses(styles);

/** A short explanation shown on hover and focus. The child must be one element that accepts a ref. */
export function Tooltip({ text, children }: { text: string; children: ReactNode }) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className={c('content')} sideOffset={6} collisionPadding={8}>
          {text}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
