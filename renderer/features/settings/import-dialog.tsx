import { useEffect, useState } from 'react';
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
import { TextInput } from '../../ui/text-input.tsx';
import styles from './import-dialog.module.css';

const c = bindClasses(styles);

interface ImportDialogProps {
  opened: OpenedImport;
  /** True suggests to move the entries instead of copying them. */
  moves?: boolean;
  /** Where the one entry was found that a person chose; the others are skipped. */
  only?: string;
  onClose: () => void;
}

/** Lists every change that an import would make, with a choice for each. Nothing is imported until it is confirmed. */
export function ImportDialog({ opened, moves = false, only, onClose }: ImportDialogProps) {
  const { transfer } = useCommands();
  const [report, setReport] = useState(opened.report);
  const [decisions, setDecisions] = useState<Record<string, ImportAction>>(() => choiceOf(opened.report, only));
  const [keepActive, setKeepActive] = useState(false);
  const [names, setNames] = useState<Record<string, string>>({});
  const { kind, elsewhere } = opened.report;
  const movable = !elsewhere && (kind === 'crontab' || kind === 'agents') ? kind : null;
  const [move, setMove] = useState(movable !== null && moves);
  const [applying, setApplying] = useState(false);
  const words = text.transfer;
  const look = async (changed: Partial<{ decisions: typeof decisions; keepActive: boolean; names: typeof names }>) => {
    const next = await transfer.preview({ token: opened.token, options: { decisions, keepActive, names, ...changed } });
    if (next !== null) setReport(next);
  };
  useEffect(() => void (only !== undefined && look({})), []);
  const decide = (key: string, action: ImportAction) => {
    const chosen = { ...decisions, [key]: action };
    setDecisions(chosen);
    void look({ decisions: chosen });
  };
  const keep = (active: boolean) => {
    setKeepActive(active);
    void look({ keepActive: active });
  };
  const rename = (key: string, name: string) => {
    const chosen = { ...names, [key]: name.trim() };
    if (name.trim() === '') delete chosen[key];
    setNames(chosen);
    void look({ names: chosen });
  };
  const apply = async () => {
    setApplying(true);
    const done = await transfer.apply({ token: opened.token, options: { decisions, keepActive, names, move } });
    setApplying(false);
    if (done !== null) onClose();
  };
  const taken = report.changes.filter(({ action }) => action === 'add' || action === 'replace');
  const count = taken.length;
  return (
    <Dialog
      title={words.dialogTitle(opened.name ?? installedName(opened.report.kind))}
      width="wide"
      onDismiss={onClose}
    >
      <DialogBody>
        {movable !== null && (
          <div className={c('choice')}>
            <Field label={text.movingIn.move} hint={text.movingIn.moveHint[movable]}>
              {(ids) => <Switch {...ids} checked={move} onChange={setMove} />}
            </Field>
          </div>
        )}
        {(move ? [] : report.notes).map((note) => (
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
          {chosenFirst(report, only).map((change) => (
            <ChangeRow
              key={change.key}
              change={change}
              moves={move}
              onDecide={(action) => decide(change.key, action)}
              onRename={(name) => rename(change.key, name)}
            />
          ))}
        </ul>
      </DialogBody>
      <DialogFooter>
        <Button look="quiet" onClick={onClose}>
          {text.common.cancel}
        </Button>
        <Button look="primary" disabled={count === 0 || applying} onClick={() => void apply()}>
          {words.apply(
            count,
            taken.every(({ what }) => what === 'task'),
          )}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}

/** Skips everything but the chosen entry. */
function choiceOf({ changes }: ImportReport, only: string | undefined): Record<string, ImportAction> {
  if (only === undefined) return {};
  const others = changes.filter(({ source, choices }) => source !== only && choices.includes('skip'));
  return Object.fromEntries(others.map(({ key }) => [key, 'skip']));
}

const chosenFirst = ({ changes }: ImportReport, only: string | undefined): ImportChange[] => [
  ...changes.filter(({ source }) => only !== undefined && source === only),
  ...changes.filter(({ source }) => only === undefined || source !== only),
];

interface ChangeRowProps {
  change: ImportChange;
  moves: boolean;
  onDecide: (action: ImportAction) => void;
  onRename: (name: string) => void;
}

function ChangeRow({ change, moves, onDecide, onRename }: ChangeRowProps) {
  const { name, action, choices, schedule, runs, reason, fields, notes, source } = change;
  const words = text.transfer;
  const remarks = [reason, ...(fields.length > 0 ? [words.changesFields(fields)] : []), ...notes].filter(
    (remark) => remark !== undefined,
  );
  return (
    <li className={c('change', action)}>
      <div className={c('text')}>
        <p className={c('name')}>
          {change.what === 'task' && action === 'add' ? (
            <TextInput
              // The next preview may have found another name.
              key={name}
              aria-label={text.movingIn.name(source ?? name)}
              defaultValue={name}
              maxLength={200}
              onBlur={(event) => event.target.value.trim() !== name && onRename(event.target.value)}
            />
          ) : (
            <strong>{name}</strong>
          )}
          {source !== undefined && <span className={c('faint')}>{source}</span>}
          {change.paused === true && !moves && <span className={c('faint')}>{words.paused}</span>}
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
