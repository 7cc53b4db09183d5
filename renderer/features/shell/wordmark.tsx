import { text } from '../../text/en.ts';
import { bindClasses } from '../../ui/class-names.ts';
import styles from './wordmark.module.css';

const c = bindClasses(styles);

export function Wordmark() {
  return (
    <div className={c('wordmark')}>
      <svg viewBox="0 0 24 24" aria-hidden className={c('glyph')}>
        <rect x="1" y="1" width="22" height="22" rx="6.5" fill="currentColor" />
        <circle cx="12" cy="12" r="6.4" fill="none" stroke="white" strokeWidth="1.9" />
        <path
          d="M12 8.3V12l2.6 1.7"
          fill="none"
          stroke="white"
          strokeWidth="1.9"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
      <span className={c('name')}>{text.shell.product}</span>
    </div>
  );
}
