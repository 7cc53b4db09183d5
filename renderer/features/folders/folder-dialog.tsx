import { CornerLeftUp } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { text } from '../../text/en.ts';
import { Button } from '../../ui/button.tsx';
import { bindClasses } from '../../ui/class-names.ts';
import { Dialog, DialogBody, DialogFooter } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Loading } from '../../ui/loading.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import styles from './folder-dialog.module.css';
import { FolderList } from './folder-list.tsx';
import { useFolders } from './use-folders.ts';

const c = bindClasses(styles);
const words = text.folders;

interface FolderDialogProps {
  /** An absolute path; empty for the home directory. */
  startAt: string;
  onChoose: (path: string) => void;
  onDismiss: () => void;
}

/** Lists the folders of the machine that the window shows. A path can also be typed. */
export function FolderDialog({ startAt, onChoose, onDismiss }: FolderDialogProps) {
  const { listing, problem, open } = useFolders(startAt);
  const [typed, setTyped] = useState(startAt);
  useEffect(() => {
    if (listing !== null) setTyped(listing.path);
  }, [listing]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return;
    // The dialog may be in a form, which must not be sent.
    event.preventDefault();
    void open(typed.trim());
  };
  const choose = async () => {
    // A path that was typed and not opened yet is the one that the person means.
    const chosen = typed.trim() === listing?.path ? listing : await open(typed.trim());
    if (chosen !== null) onChoose(chosen.path);
  };
  const up = () => listing?.parent != null && void open(listing.parent);
  return (
    <Dialog title={words.title} onDismiss={onDismiss}>
      <DialogBody>
        <div className={c('where')}>
          <IconButton label={words.parent} icon={<CornerLeftUp />} disabled={listing?.parent == null} onClick={up} />
          <Field label={words.path} error={problem ?? undefined}>
            {(ids) => (
              <TextInput
                {...ids}
                code
                value={typed}
                onKeyDown={onKeyDown}
                onChange={(event) => setTyped(event.target.value)}
              />
            )}
          </Field>
          <Button onClick={() => void open(typed.trim())}>{words.open}</Button>
        </div>
        {listing === null && problem === null && <Loading />}
        {listing !== null && <FolderList key={listing.path} listing={listing} onOpen={(path) => void open(path)} />}
      </DialogBody>
      <DialogFooter>
        <Button onClick={onDismiss}>{text.common.cancel}</Button>
        <Button look="primary" disabled={listing === null} onClick={() => void choose()}>
          {words.choose}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
