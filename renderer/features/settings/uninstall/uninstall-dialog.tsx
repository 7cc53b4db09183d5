import { useEffect, useState } from 'react';
import type { UninstallResult } from '../../../../main/contract/uninstall.ts';
import { useCommands, useSchedule } from '../../../session-context.tsx';
import { text } from '../../../text/en.ts';
import { Button } from '../../../ui/button.tsx';
import { bindClasses } from '../../../ui/class-names.ts';
import { Dialog, DialogBody, DialogFooter } from '../../../ui/dialog.tsx';
import { Field } from '../../../ui/field.tsx';
import { Switch } from '../../../ui/switch.tsx';
import styles from './uninstall.module.css';

const c = bindClasses(styles);
const words = text.uninstall;

/** Shows what an uninstall removes, and asks a second time before it deletes data. */
export function UninstallDialog({ onClose }: { onClose: () => void }) {
  const { settings } = useCommands();
  const dataDir = useSchedule((schedule) => schedule.app.dataDir);
  const [purge, setPurge] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [preview, setPreview] = useState<UninstallResult | null>(null);
  useEffect(() => {
    let isCurrent = true;
    void settings.previewUninstall(purge).then((found) => isCurrent && setPreview(found));
    return () => void (isCurrent = false);
  }, [settings, purge]);
  const uninstall = async () => {
    if (purge && !isAsking) return setAsking(true);
    setBusy(true);
    // The app quits. If tasks run, it asks first, and the person may keep it.
    await settings.uninstall(purge);
    setBusy(false);
  };
  return (
    <Dialog title={words.title} onDismiss={onClose}>
      <DialogBody>
        {isAsking ? (
          <p>{words.sure(dataDir)}</p>
        ) : (
          <>
            {preview === null ? <p>{words.loading}</p> : <Preview preview={preview} purge={purge} />}
            <Field label={words.purge} hint={words.purgeHint}>
              {(ids) => <Switch {...ids} checked={purge} onChange={setPurge} />}
            </Field>
          </>
        )}
      </DialogBody>
      <DialogFooter>
        <Button autoFocus onClick={isAsking ? () => setAsking(false) : onClose}>
          {isAsking ? words.back : text.common.cancel}
        </Button>
        <Button look="danger" busy={isBusy} disabled={preview === null} onClick={() => void uninstall()}>
          {isAsking ? words.sureAction : words.action}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}

function Preview({ preview, purge }: { preview: UninstallResult; purge: boolean }) {
  const removed = preview.steps.filter(({ change }) => change !== 'kept');
  return (
    <>
      <p>{removed.length === 0 ? words.nothing : words.hint}</p>
      <dl className={c('items')} data-selectable>
        {removed.map(({ what, path }) => (
          <div key={`${what} ${path}`} style={{ display: 'contents' }}>
            <dt>{words.name(what)}</dt>
            <dd>{path}</dd>
          </div>
        ))}
        {preview.left.map((sentence) => (
          <div key={sentence} style={{ display: 'contents' }}>
            <dt>{words.left}</dt>
            <dd>{sentence}</dd>
          </div>
        ))}
      </dl>
      {!purge && <p className={c('kept')}>{words.kept}</p>}
    </>
  );
}
