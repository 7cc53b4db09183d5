import { Undo2 } from 'lucide-react';
import { text } from '../../../text/en.ts';
import { Button } from '../../../ui/button.tsx';
import { bindClasses } from '../../../ui/class-names.ts';
import styles from './filled-note.module.css';

const c = bindClasses(styles);

interface FilledNoteProps {
  title: string;
  /** What was not kept: one sentence each. Null while nothing has been filled in: the note is then empty. */
  notes: readonly string[] | null;
  /** Null once it would undo more than the paste. */
  undo: (() => void) | null;
}

/** Says that a pasted text filled the form, and undoes that. Always in the page, so that screen readers announce it. */
export function FilledNote({ title, notes, undo }: FilledNoteProps) {
  return (
    <div role="status" className={c('status')}>
      {notes !== null && (
        <div className={c('filled')}>
          <div>
            {notes.length === 0 ? `${title}.` : `${title}. ${text.curlPaste.note}`}
            {notes.length > 0 && (
              <ul className={c('notes')}>
                {notes.map((note) => (
                  <li key={note}>{note}</li>
                ))}
              </ul>
            )}
          </div>
          {undo && (
            <Button size="small" look="quiet" icon={<Undo2 aria-hidden />} onClick={undo}>
              {text.curlPaste.undo}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
