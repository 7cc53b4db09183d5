import { useEffect, useState } from 'react';
import { text } from '../text/en.ts';
import { bindClasses } from './class-names.ts';
import styles from './loading.module.css';

const c = bindClasses(styles);

/** Most answers come sooner, in ms: a sign for them would only flicker. */
const UNSEEN_MS = 150;

/** Says that an answer is awaited, once it takes long enough to be noticed. */
export function Loading({ label = text.common.loading }: { label?: string }) {
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), UNSEEN_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <p role="status" aria-busy className={c('loading')}>
      {isLate && (
        <>
          <span aria-hidden className={c('mark')} />
          {label}
        </>
      )}
    </p>
  );
}
