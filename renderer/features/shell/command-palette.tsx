import { useMemo, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { useCommands } from '../../session-context.tsx';
import { text } from '../../text/en.ts';
import { bindClasses } from '../../ui/class-names.ts';
import { Dialog } from '../../ui/dialog.tsx';
import styles from './command-palette.module.css';
import { rankEntries } from './palette-entries.ts';
import type { PaletteEntry } from './palette-entries.ts';
import { usePaletteEntries } from './use-palette-entries.tsx';

const c = bindClasses(styles);

/** Finds every action, view, task and recent run by a part of its name. */
export function CommandPalette() {
  const { navigation } = useCommands();
  const [typed, setTyped] = useState('');
  const [active, setActive] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  const entries = usePaletteEntries(typed);
  const shown = useMemo(() => rankEntries(entries, typed), [entries, typed]);
  const close = () => navigation.setPalette(false);
  const run = (entry: PaletteEntry | undefined) => {
    if (!entry) return;
    close();
    entry.run();
  };
  const move = (step: number) => {
    const next = (active + step + shown.length) % Math.max(1, shown.length);
    setActive(next);
    list.current?.querySelector(`[data-at="${next}"]`)?.scrollIntoView({ block: 'nearest' });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(-1);
    else if (event.key === 'Enter') run(shown[active]);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog title={text.palette.title} titleHidden onDismiss={close}>
      <input
        type="text"
        role="combobox"
        aria-label={text.palette.field}
        aria-expanded
        aria-controls="palette-entries"
        aria-activedescendant={shown.length > 0 ? `palette-${active}` : undefined}
        className={c('input')}
        placeholder={text.palette.field}
        spellCheck={false}
        value={typed}
        onKeyDown={onKeyDown}
        onChange={(event) => {
          setTyped(event.target.value);
          setActive(0);
        }}
      />
      <ul id="palette-entries" ref={list} role="listbox" aria-label={text.common.suggestions} className={c('list')}>
        {shown.map((entry, index) => (
          <PaletteItem
            key={entry.id}
            entry={entry}
            index={index}
            isActive={index === active}
            heading={entry.section === shown[index - 1]?.section ? null : text.palette[entry.section]}
            onHover={() => setActive(index)}
            onPick={() => run(entry)}
          />
        ))}
      </ul>
      {shown.length === 0 && <p className={c('nothing')}>{text.palette.nothing}</p>}
    </Dialog>
  );
}

interface PaletteItemProps {
  entry: PaletteEntry;
  index: number;
  isActive: boolean;
  /** The name of the section that starts here. */
  heading: string | null;
  onHover: () => void;
  onPick: () => void;
}

function PaletteItem({ entry, index, isActive, heading, onHover, onPick }: PaletteItemProps) {
  return (
    <>
      {heading !== null && (
        <li role="presentation" className={c('heading')}>
          {heading}
        </li>
      )}
      <li
        id={`palette-${index}`}
        data-at={index}
        role="option"
        aria-selected={isActive}
        className={c('entry', isActive && 'active')}
        onMouseMove={onHover}
        onMouseDown={(event) => event.preventDefault()}
        onClick={onPick}
      >
        <span aria-hidden className={c('icon')}>
          {entry.icon}
        </span>
        <span className={c('label')}>{entry.label}</span>
        {entry.detail !== undefined && <span className={c('detail')}>{entry.detail}</span>}
      </li>
    </>
  );
}
