import type { TimingView } from '../../../main/contract/task.ts';
import { text } from '../../text/en.ts';
import { bindClasses } from '../../ui/class-names.ts';
import styles from './os-entry-mark.module.css';

const c = bindClasses(styles);

const tones: Readonly<Record<TimingView['osEntry']['state'], string>> = {
  installed: 'good',
  missing: 'bad',
  drifted: 'warn',
  'in-process': 'idle',
  'not-needed': 'idle',
  unknown: 'warn',
};

/** Shows whether the operating system will really fire this group. */
export function OsEntryMark({ entry }: { entry: TimingView['osEntry'] }) {
  const explanation = [text.osEntry.explain[entry.state], entry.detail, entry.path].filter(Boolean).join('\n');
  return (
    // The browser's own tooltip: a list has many of these marks, and none of them may be a stop of its own for Tab.
    <span className={c('mark', tones[entry.state])} title={explanation}>
      <span aria-hidden className={c('dot')} />
      {entry.state === 'installed' ? text.osEntry.kind(entry.kind) : text.osEntry.state[entry.state]}
      <span className="visually-hidden">{explanation}</span>
    </span>
  );
}
