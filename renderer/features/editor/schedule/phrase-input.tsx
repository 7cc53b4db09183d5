import { useRef } from 'react';
import type { ClipboardEvent, MouseEvent, Ref } from 'react';
import { bindClasses } from '../../../ui/class-names.ts';
import type { ControlIds } from '../../../ui/field.tsx';
import { markWords } from './mark-words.ts';
import styles from './phrase-input.module.css';

const c = bindClasses(styles);

interface PhraseInputProps extends Partial<ControlIds> {
  value: string;
  /** Words to underline because they were not understood. */
  unused: readonly string[];
  placeholder?: string;
  large?: boolean;
  autoFocus?: boolean;
  onChange: (value: string) => void;
  onPaste?: (event: ClipboardEvent<HTMLInputElement>) => void;
  onClick?: (event: MouseEvent<HTMLInputElement>) => void;
  ref?: Ref<HTMLInputElement>;
}

/** A text field that underlines some words with wavy lines, drawn behind a plain input. */
export function PhraseInput({ value, unused, large = false, onChange, ref, ...rest }: PhraseInputProps) {
  const backdrop = useRef<HTMLDivElement>(null);
  return (
    <div className={c('wrap', large && 'large')}>
      <div ref={backdrop} aria-hidden className={c('backdrop')}>
        {markWords(value, unused).map((piece, index) =>
          piece.marked ? <mark key={index}>{piece.text}</mark> : <span key={index}>{piece.text}</span>,
        )}
      </div>
      <input
        {...rest}
        ref={ref}
        type="text"
        spellCheck={false}
        autoComplete="off"
        className={c('input')}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onScroll={(event) => backdrop.current?.scrollTo({ left: event.currentTarget.scrollLeft })}
      />
    </div>
  );
}
