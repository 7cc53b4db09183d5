import { useEffect, useState } from 'react';
import { text } from '../../text/en.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogBody, DialogFooter } from '../../ui/dialog.tsx';
import { Markdown } from '../../ui/markdown/markdown.tsx';
import { notesOf } from './notes-of.ts';

/** Shows what a version changed. The notes are a file of their own, read on demand. */
export function WhatsNewDialog({ version, onClose }: { version: string; onClose: () => void }) {
  const words = text.whatsNew;
  const [notes, setNotes] = useState(words.loading);
  useEffect(() => {
    void import('../../../CHANGELOG.md?raw').then((file) => setNotes(notesOf(file.default, version) ?? words.none));
  }, [version, words]);
  return (
    <Dialog title={words.title(version)} onDismiss={onClose}>
      <DialogBody>
        <Markdown source={notes} />
      </DialogBody>
      <DialogFooter>
        <Button autoFocus onClick={onClose}>
          {text.common.close}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
