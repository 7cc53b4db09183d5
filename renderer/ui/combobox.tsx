import { ChevronsUpDown } from 'lucide-react';
import { useId, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { text } from '../text/en.ts';
import { bindClasses } from './class-names.ts';
import styles from './combobox.module.css';
import type { ControlIds } from './field.tsx';

const c = bindClasses(styles);

export interface Choice {
  value: string;
  /** Shown beside the value in a muted style. */
  detail?: string;
}

interface ComboboxProps extends Partial<ControlIds> {
  value: string;
  choices: readonly Choice[];
  onChange: (value: string) => void;
  placeholder?: string;
}

/** Limit of suggestions, so that the popup renders fast; typing narrows the list. */
const SHOWN_LIMIT = 80;

/** A text field with suggestions. Any other text may be typed too. */
export function Combobox({ value, choices, onChange, placeholder, ...ids }: ComboboxProps) {
  const listId = useId();
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState(false);
  const [active, setActive] = useState(-1);
  const list = useRef<HTMLUListElement>(null);
  const shown = useMemo(() => narrow(choices, typed ? value : ''), [choices, typed, value]);

  const show = (isOpen: boolean) => {
    setOpen(isOpen);
    setActive(isOpen ? shown.findIndex((choice) => choice.value === value) : -1);
    if (!isOpen) setTyped(false);
  };
  const pick = (choice: Choice) => {
    onChange(choice.value);
    show(false);
  };
  const move = (step: number) => {
    const next = Math.min(Math.max(active + step, 0), shown.length - 1);
    setActive(next);
    list.current?.children[next]?.scrollIntoView({ block: 'nearest' });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const chosen = shown[active];
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (open) move(event.key === 'ArrowDown' ? 1 : -1);
      else show(true);
    } else if (open && event.key === 'Enter' && chosen && !event.ctrlKey && !event.metaKey) {
      // With nothing left to choose, Enter is the form's.
      if (chosen.value !== value) event.preventDefault();
      pick(chosen);
    } else if (open && event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      show(false);
    }
  };

  return (
    <div className={c('combobox')}>
      <input
        {...ids}
        type="text"
        role="combobox"
        aria-expanded={open}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={active >= 0 && open ? `${listId}-${active}` : undefined}
        className={c('input')}
        spellCheck={false}
        autoComplete="off"
        placeholder={placeholder}
        value={value}
        onChange={(event) => {
          onChange(event.target.value);
          setTyped(true);
          setOpen(true);
          setActive(firstFit(choices, event.target.value));
        }}
        onClick={() => show(true)}
        onBlur={() => show(false)}
        onKeyDown={onKeyDown}
      />
      <ChevronsUpDown aria-hidden className={c('chevron')} />
      <ul
        id={listId}
        ref={list}
        role="listbox"
        aria-label={text.common.suggestions}
        className={c('list')}
        hidden={!open || shown.length === 0}
      >
        {shown.map((choice, index) => (
          <li
            key={choice.value}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={choice.value === value}
            className={c('choice', index === active && 'active')}
            onMouseDown={(event) => event.preventDefault()}
            onMouseEnter={() => setActive(index)}
            onClick={() => pick(choice)}
          >
            <span className={c('value')}>{choice.value}</span>
            {choice.detail !== undefined && <span className={c('detail')}>{choice.detail}</span>}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Returns the position of the choice that Enter takes while `typed` is in the field: the same text, else the first. */
function firstFit(choices: readonly Choice[], typed: string): number {
  const fits = typed.trim() === '' ? [] : narrow(choices, typed);
  const same = fits.findIndex((choice) => choice.value === typed);
  return same === -1 ? Math.min(0, fits.length - 1) : same;
}

function narrow(choices: readonly Choice[], typed: string): readonly Choice[] {
  const words = typed.toLowerCase().replaceAll('_', ' ').split(/\s+/).filter(Boolean);
  const fits = (choice: Choice) => {
    const haystack = `${choice.value} ${choice.detail ?? ''}`.toLowerCase().replaceAll('_', ' ');
    return words.every((word) => haystack.includes(word));
  };
  return choices.filter(fits).slice(0, SHOWN_LIMIT);
}
