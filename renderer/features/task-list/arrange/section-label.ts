import { text } from '../../../text/en.ts';
import type { Section } from './list-lines.ts';

/** Returns the heading of a section in words. */
export function labelOf({ label, by }: Pick<Section, 'label' | 'by'>): string {
  if (label !== null) return label;
  return by === 'tag' ? text.taskList.noTag : text.taskList.noFolder;
}
