import { useState } from 'react';
import type { OpenedImport } from '../../commands/transfer-commands.ts';
import { useCommands } from '../../session-context.tsx';
import { text } from '../../text/en.ts';
import { Button } from '../../ui/button.tsx';
import { ImportDialog } from './import-dialog.tsx';
import { Row, Section } from './section.tsx';

export function TransferSection() {
  const { transfer } = useCommands();
  const [opened, setOpened] = useState<OpenedImport | null>(null);
  const words = text.transfer;
  return (
    <Section title={words.title}>
      <Row label={words.exportLabel} hint={words.exportHint}>
        {(ids) => (
          <Button {...ids} onClick={() => void transfer.exportAll()}>
            {words.exportButton}
          </Button>
        )}
      </Row>
      <Row label={words.importLabel} hint={words.importHint}>
        {(ids) => (
          <Button {...ids} onClick={() => void transfer.open().then(setOpened)}>
            {words.importButton}
          </Button>
        )}
      </Row>
      {opened !== null && <ImportDialog opened={opened} onClose={() => setOpened(null)} />}
    </Section>
  );
}
