import { ChevronDown, Search } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useId, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { text } from '../text/en.ts';
import { bindClasses } from './class-names.ts';
import styles from './picker.module.css';

const c = bindClasses(styles);

export interface PickerOption {
  value: string;
  label: string;
  /** Shown under the label in a muted style; included in the search. */
  detail?: string;
}

interface PickerProps {
  label: string;
  value: string;
  options: readonly PickerOption[];
  /** The option for no choice, always listed first. */
  none: PickerOption;
  onChange: (value: string) => void;
}

/** Limit of options shown; typing narrows the list. */
const SHOWN_LIMIT = 100;

/** A searchable choice among any number of options. Ten thousand options cost no more than ten. */
export function Picker({ label, value, options, none, onChange }: PickerProps) {
  const [open, setOpen] = useState(false);
  const chosen = useMemo(() => options.find((option) => option.value === value) ?? none, [options, value, none]);
  const pick = (next: string) => {
    setOpen(false);
    onChange(next);
  };
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>
        <button
          type="button"
          className={c('trigger', value !== none.value && 'set')}
          // The accessible name must contain the visible text, for people who use voice control (WCAG 2.5.3).
          aria-label={`${label}: ${chosen.label}`}
        >
          <span className={c('chosen')}>{chosen.label}</span>
          <ChevronDown aria-hidden />
        </button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className={c('content')} align="end" sideOffset={4} collisionPadding={8} aria-label={label}>
          <Choices label={label} value={value} all={options} none={none} onPick={pick} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

interface ChoicesProps {
  label: string;
  value: string;
  all: readonly PickerOption[];
  none: PickerOption;
  onPick: (value: string) => void;
}

function Choices({ label, value, all, none, onPick }: ChoicesProps) {
  const id = useId();
  const [typed, setTyped] = useState('');
  const [active, setActive] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  const shown = useMemo(() => (typed === '' ? [none, ...all] : narrow(all, typed)).slice(0, SHOWN_LIMIT), [all, typed]);
  const move = (step: number) => {
    const next = Math.min(Math.max(active + step, 0), shown.length - 1);
    setActive(next);
    list.current?.children[next]?.scrollIntoView({ block: 'nearest' });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(-1);
    else if (event.key === 'Enter' && shown[active]) onPick(shown[active].value);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <div className={c('search')}>
        <Search aria-hidden />
        <input
          type="text"
          role="combobox"
          aria-label={label}
          aria-expanded
          aria-controls={id}
          aria-activedescendant={shown.length > 0 ? `${id}-${active}` : undefined}
          placeholder={text.common.typeToFind}
          spellCheck={false}
          value={typed}
          onKeyDown={onKeyDown}
          onChange={(event) => {
            setTyped(event.target.value);
            setActive(0);
          }}
        />
      </div>
      <ul id={id} ref={list} role="listbox" aria-label={text.common.suggestions} className={c('list')}>
        {shown.map((option, index) => (
          <li
            key={option.value}
            id={`${id}-${index}`}
            role="option"
            aria-selected={option.value === value}
            className={c('option', index === active && 'active')}
            onMouseMove={() => setActive(index)}
            onClick={() => onPick(option.value)}
          >
            {option.label}
            {option.detail !== undefined && <span className={c('detail')}>{option.detail}</span>}
          </li>
        ))}
      </ul>
      {shown.length === 0 && <p className={c('nothing')}>{text.common.noResults}</p>}
    </>
  );
}

function narrow(options: readonly PickerOption[], typed: string): readonly PickerOption[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return options.filter(({ label, detail = '' }) => {
    const whole = `${label} ${detail}`.toLowerCase();
    return words.every((word) => whole.includes(word));
  });
}
