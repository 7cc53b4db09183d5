import type { ReactNode } from 'react';
import { bindClasses } from './class-names.ts';
import styles from './banner.module.css';

const c = bindClasses(styles);

interface BannerProps {
  tone: 'info' | 'warn' | 'bad';
  icon: ReactNode;
  children: ReactNode;
  actions?: ReactNode;
}

/** Shows a state of the whole application that people must notice. */
export function Banner({ tone, icon, children, actions }: BannerProps) {
  return (
    <div className={c('banner', tone)} role={tone === 'bad' ? 'alert' : 'status'}>
      <span aria-hidden className={c('icon')}>
        {icon}
      </span>
      <div className={c('text')}>{children}</div>
      {actions}
    </div>
  );
}
