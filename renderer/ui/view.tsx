import type { ReactNode } from 'react';
import { bindClasses } from './class-names.ts';
import styles from './view.module.css';

const c = bindClasses(styles);

interface ViewProps {
  title: ReactNode;
  /** Shown to the right of the title. */
  tools?: ReactNode;
  /** False if the content manages its own scrolling. */
  scrolls?: boolean;
  children: ReactNode;
}

/** The frame of a view: a title bar and the content below. */
export function View({ title, tools, scrolls = true, children }: ViewProps) {
  return (
    <section className={c('view')}>
      <header className={c('head')}>
        <div className={c('title')}>{typeof title === 'string' ? <h1>{title}</h1> : title}</div>
        {tools !== undefined && <div className={c('tools')}>{tools}</div>}
      </header>
      <div className={c('body', scrolls && 'scrolls')}>{children}</div>
    </section>
  );
}
