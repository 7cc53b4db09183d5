import { useState } from 'react';
import { otherSchedulersOn } from '../../../main/contract/transfer.ts';
import type { OpenedImport } from '../../commands/transfer-commands.ts';
import { useCan, useCommands, useSchedule } from '../../session-context.tsx';
import { text } from '../../text/en.ts';
import { Button } from '../../ui/button.tsx';
import { bindClasses } from '../../ui/class-names.ts';
import { ImportDialog } from './import-dialog.tsx';
import { Row, Section } from './section.tsx';
import styles from './settings.module.css';

const c = bindClasses(styles);

export function TransferSection() {
  const { transfer } = useCommands();
  const [opened, setOpened] = useState<OpenedImport | null>(null);
  const kinds = [...otherSchedulersOn(useSchedule((schedule) => schedule.app.platform)), 'mcp-servers'] as const;
  const words = text.transfer;
  const hasFiles = useCan('files');
  return (
    <Section title={words.title}>
      {hasFiles && <FileRows onOpen={setOpened} />}
      <Row label={words.installedLabel} hint={words.installedHint}>
        {(ids) => (
          <div {...ids} role="group" aria-label={words.installedLabel} className={c('installed')}>
            {kinds.map((kind) => (
              <Button key={kind} size="small" onClick={() => void transfer.open(kind).then(setOpened)}>
                {words.installed[kind]}
              </Button>
            ))}
          </div>
        )}
      </Row>
      {opened !== null && <ImportDialog opened={opened} onClose={() => setOpened(null)} />}
    </Section>
  );
}

/** What needs a file of the person at the window. */
function FileRows({ onOpen }: { onOpen: (opened: OpenedImport | null) => void }) {
  const { transfer } = useCommands();
  const words = text.transfer;
  return (
    <>
      <Row label={words.exportLabel} hint={words.exportHint}>
        {(ids) => (
          <Button {...ids} onClick={() => void transfer.exportAll()}>
            {words.exportButton}
          </Button>
        )}
      </Row>
      <Row label={words.importLabel} hint={words.importHint}>
        {(ids) => (
          <Button {...ids} onClick={() => void transfer.open().then(onOpen)}>
            {words.importButton}
          </Button>
        )}
      </Row>
    </>
  );
}
