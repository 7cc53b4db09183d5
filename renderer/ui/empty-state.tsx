import type { ReactNode } from 'react';
import { bindClasses } from './class-names.ts';
import styles from './empty-state.module.css';

const c = bindClasses(styles);

interface EmptyStateProps {
  icon: ReactNode;
  title: string;
  /** What to do next. */
  children?: ReactNode;
  actions?: ReactNode;
}

export function EmptyState({ icon, title, children, actions }: EmptyStateProps) {
  return (
    <div className={c('state')}>
      <span className={c('icon')} aria-hidden>
        {icon}
      </span>
      <h2 className={c('title')}>{title}</h2>
      {children !== undefined && <div className={c('text')}>{children}</div>}
      {actions !== undefined && <div className={c('actions')}>{actions}</div>}
    </div>
  );
}
