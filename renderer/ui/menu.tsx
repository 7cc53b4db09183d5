import { ContextMenu as Context, DropdownMenu } from 'radix-ui';
import type { MouseEvent, ReactNode } from 'react';
import { bindClasses } from './class-names.ts';
import styles from './menu.module.css';

const c = bindClasses(styles);

export interface MenuEntry {
  label: string;
  icon?: ReactNode;
  /** Shown at the right, muted. */
  detail?: ReactNode;
  /** It is the one of its kind that is chosen now. */
  current?: boolean;
  danger?: boolean;
  /** Shows a separator above this entry. */
  separated?: boolean;
  onSelect: () => void;
}

interface MenuProps {
  entries: readonly MenuEntry[];
  /** The edge of the button at which the menu stands. @default 'end' */
  align?: 'start' | 'end';
  children: ReactNode;
}

/** A menu that opens from a button. The child is the button. */
export function Menu({ entries, align = 'end', children }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{children}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className={c('content')} align={align} sideOffset={4} collisionPadding={8}>
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
      <DropdownMenu.Item
        className={c('item', entry.danger && 'danger', entry.current && 'current')}
        aria-current={entry.current || undefined}
        onSelect={entry.onSelect}
      >
        {entry.icon}
        {entry.label}
        {entry.detail !== undefined && <span className={c('detail')}>{entry.detail}</span>}
      </DropdownMenu.Item>
    </>
  );
}

interface ContextMenuProps {
  entries: readonly MenuEntry[];
  /** Called before the menu opens; prevent the default of the event to open none. */
  onAsk: (event: MouseEvent) => void;
  children: ReactNode;
}

/**
 * A menu that opens where the pointer is, for the right button, the menu key and Shift+F10. One menu serves a whole
 * list: a menu of its own for each row would make scrolling slow.
 */
export function ContextMenu({ entries, onAsk, children }: ContextMenuProps) {
  return (
    <Context.Root modal={false}>
      <Context.Trigger asChild onContextMenu={onAsk}>
        {children}
      </Context.Trigger>
      <Context.Portal>
        <Context.Content className={c('content')} collisionPadding={8}>
          {entries.map((entry) => (
            <ContextItem key={entry.label} entry={entry} />
          ))}
        </Context.Content>
      </Context.Portal>
    </Context.Root>
  );
}

function ContextItem({ entry }: { entry: MenuEntry }) {
  return (
    <>
      {entry.separated && <Context.Separator className={c('separator')} />}
      <Context.Item className={c('item', entry.danger && 'danger')} onSelect={entry.onSelect}>
        {entry.icon}
        {entry.label}
      </Context.Item>
    </>
  );
}

/** Opens the context menu of the element below a button, for a click or a key press on it. */
export function openContextMenu(button: Element): void {
  const { left, bottom } = button.getBoundingClientRect();
  const place = { bubbles: true, cancelable: true, clientX: left, clientY: bottom };
  button.dispatchEvent(new window.MouseEvent('contextmenu', place));
}
