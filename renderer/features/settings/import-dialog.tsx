import { useState } from 'react';
import type { ImportAction, ImportChange, ImportReport } from '../../../main/contract/transfer.ts';
import type { OpenedImport } from '../../commands/transfer-commands.ts';
import { useCommands } from '../../session-context.tsx';
import { text } from '../../text/en.ts';
import { Button } from '../../ui/button.tsx';
import { bindClasses } from '../../ui/class-names.ts';
import { Dialog, DialogBody, DialogFooter } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { Switch } from '../../ui/switch.tsx';
import styles from './import-dialog.module.css';

const c = bindClasses(styles);

interface ImportDialogProps {
  opened: OpenedImport;
  onClose: () => void;
}

/** Lists every change that an import would make, with a choice for each. Nothing is imported until it is confirmed. */
export function ImportDialog({ opened, onClose }: ImportDialogProps) {
  const { transfer } = useCommands();
  const [report, setReport] = useState(opened.report);
  const [decisions, setDecisions] = useState<Record<string, ImportAction>>({});
  const [keepActive, setKeepActive] = useState(false);
  const [applying, setApplying] = useState(false);
  const words = text.transfer;
  const look = async (options: { decisions: Record<string, ImportAction>; keepActive: boolean }) => {
    const next = await transfer.preview({ token: opened.token, options });
    if (next !== null) setReport(next);
  };
  const decide = (key: string, action: ImportAction) => {
    const chosen = { ...decisions, [key]: action };
    setDecisions(chosen);
    void look({ decisions: chosen, keepActive });
  };
  const keep = (active: boolean) => {
    setKeepActive(active);
    void look({ decisions, keepActive: active });
  };
  const apply = async () => {
    setApplying(true);
    const done = await transfer.apply({ token: opened.token, options: { decisions, keepActive } });
    setApplying(false);
    if (done !== null) onClose();
  };
  const count = report.changes.filter(({ action }) => action === 'add' || action === 'replace').length;
  return (
    <Dialog
      title={words.dialogTitle(opened.name ?? installedName(opened.report.kind))}
      width="wide"
      onDismiss={onClose}
    >
      <DialogBody>
        {report.notes.map((note) => (
          <p key={note} className={c('note')}>
            {note}
          </p>
        ))}
        {opened.report.elsewhere && opened.report.kind === 'ncp-scheduler' && (
          <Field label={words.keepActive} hint={words.keepActiveHint}>
            {(ids) => <Switch {...ids} checked={keepActive} onChange={keep} />}
          </Field>
        )}
        {report.changes.length === 0 && <p className={c('note')}>{words.nothing}</p>}
        <ul className={c('list')}>
          {report.changes.map((change) => (
            <ChangeRow key={change.key} change={change} onDecide={(action) => decide(change.key, action)} />
          ))}
        </ul>
      </DialogBody>
      <DialogFooter>
        <Button look="quiet" onClick={onClose}>
          {text.common.cancel}
        </Button>
        <Button look="primary" disabled={count === 0 || applying} onClick={() => void apply()}>
          {words.apply(count)}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}

function ChangeRow({ change, onDecide }: { change: ImportChange; onDecide: (action: ImportAction) => void }) {
  const { name, action, choices, schedule, runs, reason, fields, notes, source } = change;
  const words = text.transfer;
  const remarks = [reason, ...(fields.length > 0 ? [words.changesFields(fields)] : []), ...notes].filter(
    (remark) => remark !== undefined,
  );
  return (
    <li className={c('change', action)}>
      <div className={c('text')}>
        <p className={c('name')}>
          <strong>{name}</strong>
          {source !== undefined && <span className={c('faint')}>{source}</span>}
          {change.paused === true && <span className={c('faint')}>{words.paused}</span>}
        </p>
        {schedule !== undefined && <p>{schedule}</p>}
        {runs !== undefined && <code className={c('runs')}>{runs}</code>}
        {remarks.length > 0 && <p className={c('remark')}>{remarks.join(' ')}</p>}
      </div>
      {action === 'refused' || choices.length === 0 ? (
        <span className={c('faint')}>{words.actions[action]}</span>
      ) : (
        <Select
          aria-label={words.decision(name)}
          compact
          value={action}
          options={choices.map((choice) => ({ value: choice, label: words.actions[choice] }))}
          onChange={onDecide}
        />
      )}
    </li>
  );
}

/** Returns the name of the file, or of the source on this machine. An export of this app is always a file. */
const installedName = (kind: ImportReport['kind']): string =>
  kind === 'ncp-scheduler' ? '' : text.transfer.installed[kind];
