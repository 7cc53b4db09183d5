import type { ReactNode } from 'react';
import type { Capability } from '../../../main/contract/desktop.ts';
import { scoreOf, searchable, wordsOf } from './fuzzy.ts';
import type { Searchable } from './fuzzy.ts';

type PaletteSection = 'create' | 'recent' | 'actions' | 'views' | 'tasks' | 'settings' | 'runs';

export interface PaletteEntry {
  /** Stable across restarts, so that it can be offered again as a recent one. */
  id: string;
  section: PaletteSection;
  label: string;
  detail?: string;
  /** Other words for the same thing, which are found but not shown. */
  synonyms?: string;
  icon: ReactNode;
  /** What the program around the window must be able to do for it. Absent: nothing special. */
  needs?: Capability;
  run: () => void;
  /** What Ctrl or Cmd with Enter does. */
  runOther?: { label: string; run: () => void };
  /** More that can be done with it, opened with the right arrow. */
  actions?: () => PaletteEntry[];
}

/** Limit of entries shown; typing narrows the list. */
const SHOWN_LIMIT = 60;
/** Limit of entries per section while nothing is typed. */
const FIRST_OF_SECTION = 6;

const sections: readonly PaletteSection[] = ['create', 'recent', 'actions', 'views', 'tasks', 'settings', 'runs'];

const known = new WeakMap<PaletteEntry, readonly Searchable[]>();

function textsOf(entry: PaletteEntry): readonly Searchable[] {
  const before = known.get(entry);
  if (before !== undefined) return before;
  const texts = [entry.label, entry.synonyms, entry.detail].flatMap((text) =>
    text === undefined ? [] : [searchable(text)],
  );
  known.set(entry, texts);
  return texts;
}

/** Returns the entries that the machine that is shown can do. */
export const possibleEntries = (
  entries: readonly PaletteEntry[],
  capabilities: readonly Capability[],
): PaletteEntry[] => entries.filter(({ needs }) => needs === undefined || capabilities.includes(needs));

/**
 * Returns the entries that fit every typed word, by section. The section with the best fit comes first, and in a section
 * the best fit. With nothing typed: the recent ones, and the first of each section.
 * @param recent ids of the entries that were used last, the last one first
 */
export function rankEntries(
  entries: readonly PaletteEntry[],
  typed: string,
  recent: readonly string[] = [],
): PaletteEntry[] {
  const words = wordsOf(typed);
  return words.length === 0 ? firstEntries(entries, recent) : fittingEntries(entries, words, recent);
}

function firstEntries(entries: readonly PaletteEntry[], recent: readonly string[]): PaletteEntry[] {
  const used = recent.flatMap((id) => entries.find((entry) => entry.id === id) ?? []);
  const others = sections.flatMap((section) =>
    entries.filter((entry) => entry.section === section && !recent.includes(entry.id)).slice(0, FIRST_OF_SECTION),
  );
  return [...used.map((entry): PaletteEntry => ({ ...entry, section: 'recent' })), ...others];
}

/** What the line would create was made of the line, so it always fits. */
const CREATES = 1000;

/**
 * What has the typed name comes before what the line would create: the schedule in a line is read while a person types, and
 * must not push "Hourly" aside just when they press Enter.
 */
function scoreIn(entry: PaletteEntry, words: readonly string[]): number {
  const [label] = textsOf(entry);
  return label?.whole === words.join(' ') ? CREATES + 1 : scoreOf(words, textsOf(entry));
}

function fittingEntries(
  entries: readonly PaletteEntry[],
  words: readonly string[],
  recent: readonly string[],
): PaletteEntry[] {
  const found: { entry: PaletteEntry; score: number }[] = [];
  for (const entry of entries) {
    const score = entry.section === 'create' ? CREATES : scoreIn(entry, words);
    if (score > 0) found.push({ entry, score: score + (recent.includes(entry.id) ? 5 : 0) });
  }
  // A stable sort: entries that fit equally well keep their order.
  found.sort((left, right) => right.score - left.score);
  const shown = found.slice(0, SHOWN_LIMIT).map(({ entry }) => entry);
  const order = [...new Set(shown.map(({ section }) => section))];
  return order.flatMap((section) => shown.filter((entry) => entry.section === section));
}
