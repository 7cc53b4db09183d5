import { Search, X } from 'lucide-react';
import type { KeyboardEvent, Ref } from 'react';
import { actionOf } from '../shortcuts.ts';
import { text } from '../text/en.ts';
import { bindClasses } from './class-names.ts';
import styles from './search-box.module.css';

const c = bindClasses(styles);

interface SearchBoxProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  onKeyDown?: (event: KeyboardEvent) => void;
  ref?: Ref<HTMLInputElement>;
}

export function SearchBox({ label, value, onChange, onKeyDown, ref }: SearchBoxProps) {
  const onKey = (event: KeyboardEvent) => {
    if (actionOf('search', event) === 'toResults' && focusFirstResult()) event.preventDefault();
    onKeyDown?.(event);
  };
  return (
    <div className={c('box')} role="search">
      <Search aria-hidden className={c('icon')} />
      <input
        ref={ref}
        type="search"
        aria-label={label}
        placeholder={label}
        data-search
        className={c('input')}
        value={value}
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onKey}
      />
      {value !== '' && (
        <button type="button" className={c('clear')} aria-label={text.common.clear} onClick={() => onChange('')}>
          <X aria-hidden />
        </button>
      )}
    </div>
  );
}

/** Goes from the search to the first row of the view that it has found; false if the view shows none. */
function focusFirstResult(): boolean {
  const first = document.querySelector<HTMLElement>('main [data-result], main [data-row]');
  first?.focus();
  return first !== null;
}
