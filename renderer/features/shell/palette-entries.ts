import type { ReactNode } from 'react';
import type { TaskView } from '../../../main/contract/task.ts';
import { taskSummary } from '../groups/groups.ts';

export interface PaletteEntry {
  id: string;
  section: 'actions' | 'views' | 'tasks' | 'runs';
  label: string;
  detail?: string;
  icon: ReactNode;
  run: () => void;
}

/** Limit of entries shown; typing narrows the list. */
const SHOWN_LIMIT = 60;
/** Limit of entries per section while nothing is typed. */
const FIRST_OF_SECTION = 8;

const sections: readonly PaletteEntry['section'][] = ['actions', 'views', 'tasks', 'runs'];

/** Limit of tasks that are offered with all their actions. */
const TASKS_OFFERED = 40;

/** Returns what a task runs, and its tags: the search finds both. */
export const taskDetail = (task: Pick<TaskView, 'tool' | 'parameters' | 'tags'>): string =>
  [taskSummary(task), ...(task.tags ?? []).map((tag) => `#${tag}`)].join(' ');

/**
 * Returns the tasks that match the most typed words, best match first. If no task matches ("pause", or nothing typed),
 * returns the first tasks. Only these get palette entries, because ten thousand tasks have a hundred thousand actions.
 */
export function tasksMeant<T>(tasks: readonly T[], typed: string, textOf: (task: T) => string): T[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const found: { task: T; score: number }[] = [];
  for (const task of words.length === 0 ? [] : tasks) {
    const whole = textOf(task).toLowerCase();
    const score = words.filter((word) => whole.includes(word)).length;
    if (score > 0) found.push({ task, score });
  }
  if (found.length === 0) return tasks.slice(0, TASKS_OFFERED);
  return found
    .sort((a, b) => b.score - a.score)
    .slice(0, TASKS_OFFERED)
    .map(({ task }) => task);
}

/**
 * Returns the entries whose label or detail contains every typed word, by section. Within a section, labels that start
 * with the typed text come first, then labels with words that start with the typed words.
 */
export function rankEntries(entries: readonly PaletteEntry[], typed: string): PaletteEntry[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const inSections = sections.flatMap((section) => {
    const own = entries.filter((entry) => entry.section === section);
    if (words.length === 0) return own.slice(0, FIRST_OF_SECTION);
    return own
      .map((entry) => ({ entry, score: scoreOf(entry, words) }))
      .filter(({ score }) => score > 0)
      .sort((a, b) => b.score - a.score)
      .map(({ entry }) => entry);
  });
  return inSections.slice(0, SHOWN_LIMIT);
}

function scoreOf(entry: PaletteEntry, words: readonly string[]): number {
  const label = entry.label.toLowerCase();
  const whole = `${label} ${entry.detail?.toLowerCase() ?? ''}`;
  if (!words.every((word) => whole.includes(word))) return 0;
  if (label.startsWith(words.join(' '))) return 4;
  const starts = label.split(/[^\p{L}\p{N}]+/u);
  if (words.every((word) => starts.some((start) => start.startsWith(word)))) return 3;
  return words.every((word) => label.includes(word)) ? 2 : 1;
}
