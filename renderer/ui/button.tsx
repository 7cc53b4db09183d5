import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import { bindClasses } from './class-names.ts';
import styles from './button.module.css';

const c = bindClasses(styles);

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: 'plain' | 'primary' | 'quiet' | 'danger';
  size?: 'normal' | 'small';
  icon?: ReactNode;
  ref?: Ref<HTMLButtonElement>;
}

export function Button({ look = 'plain', size = 'normal', icon, children, className, ...rest }: ButtonProps) {
  return (
    <button type="button" className={[c('button', look, size), className].filter(Boolean).join(' ')} {...rest}>
      {icon}
      {children}
    </button>
  );
}
