import { Download, FolderInput, Pause, Play, SkipForward, Tag, Trash2, X, Zap } from 'lucide-react';
import type { ReactNode } from 'react';
import { useCan, useCommands } from '../../../session-context.tsx';
import { text } from '../../../text/en.ts';
import { Button } from '../../../ui/button.tsx';
import { bindClasses } from '../../../ui/class-names.ts';
import { IconButton } from '../../../ui/icon-button.tsx';
import { whyNoSkips } from '../../pause/no-skip.ts';
import type { ListActions } from '../use-list-actions.ts';
import type { ListState } from '../use-list-state.ts';
import styles from './bulk-bar.module.css';

const c = bindClasses(styles);
const words = text.bulk;

interface Limits {
  readonly isDanger?: boolean;
  /** Why it cannot be done with any of the tasks; null if it can. */
  readonly unavailable?: string | null;
}

/** What can be done with the chosen tasks. Shown while any are chosen. */
export function BulkBar({ state, actions }: { state: ListState; actions: ListActions }) {
  const { bulk } = useCommands();
  const { targets, selection } = state;
  if (selection.size === 0) return null;
  const canSave = useCan('files');
  const button = (label: string, icon: ReactNode, act: () => void, { isDanger = false, unavailable }: Limits = {}) => (
    <Button
      size="small"
      look={isDanger ? 'danger' : 'plain'}
      icon={icon}
      title={label}
      unavailable={unavailable}
      aria-label={label}
      onClick={act}
    >
      <span className={c('word')}>{label}</span>
    </Button>
  );
  return (
    <div className={c('bar')} role="toolbar" aria-label={words.bar}>
      <span className={c('count')} role="status">
        {words.selected(selection.size)}
      </span>
      {button(words.run, <Zap aria-hidden />, () => actions.run(targets))}
      {button(words.pause, <Pause aria-hidden />, () => void bulk.pause(targets))}
      {button(words.resume, <Play aria-hidden />, () => void bulk.resume(targets))}
      {button(words.skip, <SkipForward aria-hidden />, () => actions.skipNext(targets), {
        unavailable: whyNoSkips(targets),
      })}
      {button(words.tag, <Tag aria-hidden />, () => actions.tag(targets))}
      {button(words.move, <FolderInput aria-hidden />, () => actions.move(targets))}
      {canSave && button(words.export, <Download aria-hidden />, () => void bulk.export(targets))}
      {button(words.delete, <Trash2 aria-hidden />, () => actions.remove(targets), { isDanger: true })}
      <IconButton label={words.clear} icon={<X aria-hidden />} onClick={state.clear} />
    </div>
  );
}
