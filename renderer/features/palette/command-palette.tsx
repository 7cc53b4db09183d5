import { useRef } from 'react';
import type { KeyboardEvent } from 'react';
import { text } from '../../text/en.ts';
import { bindClasses } from '../../ui/class-names.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Keys } from '../../ui/keys.tsx';
import styles from './command-palette.module.css';
import type { PaletteEntry } from './palette-entries.ts';
import { PaletteItem } from './palette-item.tsx';
import { usePalette } from './use-palette.ts';
import type { PaletteModel } from './use-palette.ts';

const c = bindClasses(styles);
const words = text.palette;

/** Finds every action, view, task, setting and recent run, and makes a task of what is typed or pasted. */
export function CommandPalette() {
  const palette = usePalette();
  const list = useRef<HTMLUListElement>(null);
  const { typed, within, shown, active } = palette;
  const move = (step: number) => {
    const next = (active + step + shown.length) % Math.max(1, shown.length);
    palette.choose(next);
    list.current?.querySelector(`[data-at="${next}"]`)?.scrollIntoView({ block: 'nearest' });
  };
  const field = within === null ? words.field : words.actionsField(within.label);
  return (
    <Dialog title={within === null ? words.title : words.actionsOf(within.label)} titleHidden onDismiss={palette.close}>
      <div className={c('head')}>
        {within !== null && <span className={c('within')}>{within.label}</span>}
        <input
          type="text"
          role="combobox"
          aria-label={field}
          aria-expanded
          aria-controls="palette-entries"
          aria-activedescendant={shown.length > 0 ? `palette-${active}` : undefined}
          className={c('input')}
          placeholder={field}
          spellCheck={false}
          value={typed.line}
          onKeyDown={(event) => onKey(event, palette, move)}
          onPaste={typed.onPaste}
          onChange={(event) => palette.type(event.target.value)}
        />
      </div>
      <ul id="palette-entries" ref={list} role="listbox" aria-label={words.results} className={c('list')}>
        {shown.map((entry, index) => (
          <PaletteItem
            key={entry.id}
            entry={entry}
            index={index}
            isActive={index === active}
            heading={entry.section === shown[index - 1]?.section ? null : words[entry.section]}
            onHover={() => palette.choose(index)}
            onPick={(other) => palette.run(entry, other)}
            onEnter={() => palette.enter(entry)}
          />
        ))}
      </ul>
      {shown.length === 0 && <p className={c('nothing')}>{words.nothing}</p>}
      <Hints entry={shown[active]} isWithin={within !== null} />
    </Dialog>
  );
}

function onKey(event: KeyboardEvent<HTMLInputElement>, palette: PaletteModel, move: (step: number) => void): void {
  const { selectionStart, value } = event.currentTarget;
  const entry = palette.shown[palette.active];
  const isModified = event.ctrlKey || event.metaKey;
  const atEnd = selectionStart === value.length;
  if (event.nativeEvent.isComposing) return;
  if (event.key === 'ArrowDown') move(1);
  else if (event.key === 'ArrowUp') move(-1);
  else if (event.key === 'Enter') palette.run(entry, isModified);
  else if ((event.key === 'ArrowRight' && atEnd && !event.shiftKey) || (event.key === '.' && isModified)) {
    if (!palette.enter(entry)) return;
  } else if ((event.key === 'Backspace' || event.key === 'ArrowLeft') && value === '' && palette.within !== null) {
    palette.leave();
  } else return;
  event.preventDefault();
}

/** The keys that work on the chosen entry. */
function Hints({ entry, isWithin }: { entry: PaletteEntry | undefined; isWithin: boolean }) {
  if (!entry) return null;
  const isTask = entry.actions !== undefined;
  return (
    <p className={c('hints')} aria-hidden>
      <Hint keys={['↵']} label={isTask ? words.open : words.choose} />
      {entry.runOther && <Hint keys={['mod', '↵']} label={entry.runOther.label} />}
      {isTask && <Hint keys={['→']} label={words.more} />}
      {isWithin && <Hint keys={['←']} label={words.back} />}
    </p>
  );
}

const Hint = ({ keys, label }: { keys: readonly string[]; label: string }) => (
  <span className={c('hint')}>
    <Keys keys={keys} /> {label}
  </span>
);
