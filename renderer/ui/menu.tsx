import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import { bindClasses } from './class-names.ts';
import styles from './menu.module.css';

const c = bindClasses(styles);

export interface MenuEntry {
  label: string;
  icon?: ReactNode;
  danger?: boolean;
  /** Shows a separator above this entry. */
  separated?: boolean;
  onSelect: () => void;
}

/** A menu that opens from a button. The child is the button. */
export function Menu({ entries, children }: { entries: readonly MenuEntry[]; children: ReactNode }) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{children}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className={c('content')} align="end" sideOffset={4} collisionPadding={8}>
          {entries.map((entry) => (
            <MenuItem key={entry.label} entry={entry} />
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function MenuItem({ entry }: { entry: MenuEntry }) {
  return (
    <>
      {entry.separated && <DropdownMenu.Separator className={c('separator')} />}
      <DropdownMenu.Item className={c('item', entry.danger && 'danger')} onSelect={entry.onSelect}>
        {entry.icon}
        {entry.label}
      </DropdownMenu.Item>
    </>
  );
}
