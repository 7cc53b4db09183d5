import type { ReactNode } from 'react';
import { bindClasses } from '../../ui/class-names.ts';
import styles from './overview.module.css';

const c = bindClasses(styles);

interface CardProps {
  title: string;
  /** Shown to the right of the title. */
  aside?: ReactNode;
  children: ReactNode;
}

export function Card({ title, aside, children }: CardProps) {
  return (
    <section className={c('card')} aria-label={title}>
      <header className={c('cardHead')}>
        <h2>{title}</h2>
        {aside}
      </header>
      {children}
    </section>
  );
}

export const CardRemark = ({ children }: { children: ReactNode }) => <p className={c('remark')}>{children}</p>;
