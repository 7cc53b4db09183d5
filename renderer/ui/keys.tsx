import { bindClasses } from './class-names.ts';
import styles from './keys.module.css';

const c = bindClasses(styles);

const isMac = () => navigator.userAgent.includes('Mac');

/** Shows a keyboard shortcut. `mod` is Command on macOS and Control elsewhere. Hidden from screen readers. */
export function Keys({ keys }: { keys: readonly string[] }) {
  return (
    <span className={c('keys')} aria-hidden>
      {keys.map((key) => (
        <kbd key={key}>{key === 'mod' ? (isMac() ? '⌘' : 'Ctrl') : key}</kbd>
      ))}
    </span>
  );
}
