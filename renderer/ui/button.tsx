import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import { bindClasses } from './class-names.ts';
import styles from './button.module.css';

const c = bindClasses(styles);

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** `choice`: like the pickers of a toolbar, beside which it stands. */
  look?: 'plain' | 'primary' | 'quiet' | 'danger' | 'choice';
  size?: 'normal' | 'small';
  /** Its action is in progress. A click does nothing, and the button keeps the focus, which `disabled` would drop. */
  busy?: boolean;
  /** Why it cannot be pressed now: its hint. The button keeps the focus, and null or none leaves it as it is. */
  unavailable?: string | null | undefined;
  icon?: ReactNode;
  ref?: Ref<HTMLButtonElement>;
}

export function Button({
  look = 'plain',
  size = 'normal',
  busy = false,
  unavailable = null,
  icon,
  children,
  className,
  onClick,
  ...rest
}: ButtonProps) {
  const isOff = busy || unavailable !== null;
  return (
    <button
      type="button"
      className={[c('button', look, size), className].filter(Boolean).join(' ')}
      {...rest}
      data-autofocus={rest.autoFocus === true ? '' : undefined}
      aria-busy={busy || undefined}
      aria-disabled={isOff || undefined}
      title={unavailable ?? rest.title}
      onClick={isOff ? (event) => event.preventDefault() : onClick}
    >
      {icon}
      {children}
    </button>
  );
}
