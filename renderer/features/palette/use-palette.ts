import { useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { useCommands, useSession } from '../../session-context.tsx';
import { usePastedLine } from '../quick-add/use-pasted-line.ts';
import type { PastedLine } from '../quick-add/use-pasted-line.ts';
import { rankEntries } from './palette-entries.ts';
import type { PaletteEntry } from './palette-entries.ts';
import { usePaletteEntries } from './use-palette-entries.ts';

/** Number of entries that are remembered as recent ones. */
const REMEMBERED = 5;

export interface PaletteModel {
  typed: PastedLine;
  /** The entry whose actions are shown; null for the whole palette. */
  within: PaletteEntry | null;
  shown: readonly PaletteEntry[];
  /** The position of the chosen entry in `shown`. */
  active: number;
  choose: (position: number) => void;
  type: (line: string) => void;
  /** Does what the entry does, or what it does besides, and closes the palette. */
  run: (entry: PaletteEntry | undefined, other?: boolean) => void;
  /** Shows the actions of an entry. Returns false if it has none. */
  enter: (entry: PaletteEntry | undefined) => boolean;
  leave: () => void;
  close: () => void;
}

/** The state of the palette: what is typed, what fits, and which entry is chosen. */
export function usePalette(): PaletteModel {
  const { stores } = useSession();
  const { navigation } = useCommands();
  const typed = usePastedLine();
  const [within, setWithin] = useState<PaletteEntry | null>(null);
  const [active, setActive] = useState(0);
  const recent = useStore(stores.preferences, (state) => state.recentEntries);
  const entries = usePaletteEntries(typed.line, typed.pasted);
  const offered = useMemo(() => within?.actions?.() ?? entries, [within, entries]);
  const shown = useMemo(() => rankEntries(offered, typed.line, recent), [offered, typed.line, recent]);
  const close = () => navigation.setPalette(false);
  const restart = (entry: PaletteEntry | null) => {
    setWithin(entry);
    typed.change('');
    setActive(0);
  };
  return {
    typed,
    within,
    shown,
    active: Math.min(active, Math.max(0, shown.length - 1)),
    choose: setActive,
    type: (line) => {
      typed.change(line);
      setActive(0);
    },
    run: (entry, other = false) => {
      if (!entry) return;
      close();
      remember(stores.preferences, within ?? entry);
      (other ? (entry.runOther?.run ?? entry.run) : entry.run)();
    },
    enter: (entry) => {
      if (!entry?.actions) return false;
      restart(entry);
      return true;
    },
    leave: () => restart(null),
    close,
  };
}

function remember(
  preferences: ReturnType<typeof useSession>['stores']['preferences'],
  { id, section }: PaletteEntry,
): void {
  // A task that was typed is made once, and a run is soon an old one.
  if (section === 'create' || section === 'runs') return;
  preferences.setState(({ recentEntries }) => ({
    recentEntries: [id, ...recentEntries.filter((other) => other !== id)].slice(0, REMEMBERED),
  }));
}
