import { useState } from 'react';
import { text } from '../../../text/en.ts';
import { Button } from '../../../ui/button.tsx';
import { UninstallDialog } from './uninstall-dialog.tsx';

export function UninstallButton() {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        {text.uninstall.open}
      </Button>
      {isOpen && <UninstallDialog onClose={() => setOpen(false)} />}
    </>
  );
}
