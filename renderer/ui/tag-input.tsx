import { useId, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { text } from '../text/en.ts';
import { bindClasses } from './class-names.ts';
import type { ControlIds } from './field.tsx';
import { TagChip } from './tag-chip.tsx';
import { withTags } from './tags-typed.ts';
import styles from './tag-input.module.css';

const c = bindClasses(styles);

interface TagInputProps extends Partial<ControlIds> {
  tags: readonly string[];
  /** Tags to suggest. */
  known: readonly string[];
  /** True takes only tags that are suggested. */
  onlyKnown?: boolean;
  onChange: (tags: readonly string[]) => void;
}

/** A field for tags: Enter or a comma adds what was typed, Backspace in the empty field removes the last one. */
export function TagInput({ tags, known, onlyKnown = false, onChange, ...ids }: TagInputProps) {
  const listId = useId();
  const [typed, setTyped] = useState('');
  const add = (line: string) => {
    const next = withTags(tags, line).filter((tag) => !onlyKnown || known.includes(tag));
    if (next.length > tags.length) onChange(next);
    setTyped('');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && typed.trim() !== '' && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      add(typed);
    } else if (event.key === 'Backspace' && typed === '' && tags.length > 0) {
      onChange(tags.slice(0, -1));
    }
  };
  return (
    <div className={c('box')}>
      {tags.map((tag) => (
        <TagChip
          key={tag}
          tag={tag}
          onRemove={{ label: text.tags.remove(tag), run: () => onChange(tags.filter((each) => each !== tag)) }}
        />
      ))}
      <input
        {...ids}
        type="text"
        list={listId}
        className={c('input')}
        spellCheck={false}
        autoComplete="off"
        value={typed}
        onKeyDown={onKeyDown}
        onChange={(event) => {
          const { value } = event.target;
          // A suggestion that was chosen arrives whole, as no key press does.
          const isChosen = known.includes(value) && value.length > typed.length + 1;
          if (value.includes(',') || isChosen) add(value);
          else setTyped(value);
        }}
        onBlur={() => add(typed)}
      />
      <datalist id={listId}>
        {known
          .filter((tag) => !tags.includes(tag))
          .map((tag) => (
            <option key={tag} value={tag} />
          ))}
      </datalist>
    </div>
  );
}
