import { ClipboardPaste } from 'lucide-react';
import { useRef, useState } from 'react';
import { looksLikeCurl } from '../../../../main/contract/curl/read-curl.ts';
import { text } from '../../../text/en.ts';
import { bindClasses } from '../../../ui/class-names.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { TextArea } from '../../../ui/text-input.tsx';
import { FilledNote } from '../pasting/filled-note.tsx';
import type { CurlPaste } from './use-curl-paste.ts';
import styles from './parameters-field.module.css';

const c = bindClasses(styles);
const words = text.curlPaste;

interface CurlPasteProps {
  paste: CurlPaste;
  /** Called when the form was filled and the box is gone, which had the focus. */
  onFilled: () => void;
}

/** The button that fills the form from a cURL command: from the clipboard if it may be read, else from a text box. */
export function CurlPasteButton({ paste, onFilled }: CurlPasteProps) {
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  const filled = () => {
    setOpen(false);
    onFilled();
  };
  const start = async () => {
    const copied = await clipboardText();
    if (copied !== null && looksLikeCurl(copied) && paste.take(copied) === null) filled();
    else setOpen(true);
  };
  return (
    <div className={c('rows')}>
      <Button
        ref={button}
        size="small"
        icon={<ClipboardPaste aria-hidden />}
        aria-expanded={isOpen}
        onClick={() => (isOpen ? close() : void start())}
      >
        {words.button}
      </Button>
      {isOpen && <CurlBox take={paste.take} onFilled={filled} onCancel={close} />}
      <FilledNote
        title={words.filled}
        notes={paste.notes}
        undo={
          paste.undo &&
          (() => {
            paste.undo?.();
            button.current?.focus();
          })
        }
      />
    </div>
  );
}

/** Returns the text of the clipboard; null if the page may not read it, as in the packaged app. */
async function clipboardText(): Promise<string | null> {
  try {
    return await navigator.clipboard.readText();
  } catch {
    return null;
  }
}

interface CurlBoxProps {
  take: CurlPaste['take'];
  onFilled: () => void;
  onCancel: () => void;
}

function CurlBox({ take, onFilled, onCancel }: CurlBoxProps) {
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const use = (command: string) => {
    const found = take(command);
    setProblem(found);
    if (found === null) onFilled();
    return found === null;
  };
  return (
    <>
      <Field label={words.label} hint={words.hint} error={problem}>
        {(ids) => (
          <TextArea
            {...ids}
            code
            autoFocus
            rows={3}
            placeholder={words.placeholder}
            value={typed}
            onChange={(event) => {
              setTyped(event.target.value);
              setProblem(null);
            }}
            onPaste={(event) => {
              // A whole command in an empty box needs no further click.
              if (typed === '' && use(event.clipboardData.getData('text/plain'))) event.preventDefault();
            }}
          />
        )}
      </Field>
      <div className={c('row')}>
        <Button size="small" onClick={() => use(typed)}>
          {words.fill}
        </Button>
        <Button size="small" look="quiet" onClick={onCancel}>
          {text.common.cancel}
        </Button>
      </div>
    </>
  );
}
