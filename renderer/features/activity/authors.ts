import { text } from '../../text/en.ts';
import type { PickerOption } from '../../ui/picker.tsx';

/** A person by any way into the app, one agent in all its versions, or what else changed something. */
export interface Who extends PickerOption {
  /** The recorded names. */
  authors: readonly string[];
}

/** Groups the recorded authors, people first, then agents by name. */
export function whoOf(authors: readonly string[]): Who[] {
  const groups = new Map<string, Who>();
  for (const author of authors) {
    const { value, label } = groupOf(author);
    const known = groups.get(value)?.authors ?? [];
    groups.set(value, { value, label, authors: [...known, author] });
  }
  return [...groups.values()].sort((a, b) => rank(a) - rank(b) || (a.label < b.label ? -1 : 1));
}

function groupOf(author: string): PickerOption {
  const agent = /^mcp:([^@]+)/.exec(author)?.[1];
  if (agent !== undefined) return { value: `agent:${agent}`, label: text.activity.agent(agent) };
  if (['window', 'tray', 'notification', 'browser'].includes(author)) return { value: 'you', label: text.activity.you };
  if (author === 'cli') return { value: 'cli', label: text.activity.commandLine };
  if (author === 'file') return { value: 'file', label: text.activity.file };
  if (author.startsWith('run:')) return { value: 'runs', label: text.activity.runs };
  if (author === 'scheduler') return { value: 'app', label: text.activity.app };
  return { value: author, label: text.history.author(author) };
}

function rank({ value }: Who): number {
  const order = ['you', 'cli', 'app', 'file', 'runs'].indexOf(value);
  return order === -1 ? 5 : order;
}
