import { useState } from 'react';
import { text } from '../../text/en.ts';
import { Button } from '../../ui/button.tsx';
import { WhatsNewDialog } from './whats-new-dialog.tsx';

export function WhatsNewButton({ version, onClosed }: { version: string; onClosed?: () => void }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        {text.whatsNew.open}
      </Button>
      {isOpen && (
        <WhatsNewDialog
          version={version}
          onClose={() => {
            setOpen(false);
            onClosed?.();
          }}
        />
      )}
    </>
  );
}
