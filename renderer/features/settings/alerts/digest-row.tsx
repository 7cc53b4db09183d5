import { useState } from 'react';
import type { AlertSettings, Digest } from '../../../../main/contract/alerts/rules.ts';
import { useCommands } from '../../../session-context.tsx';
import { text } from '../../../text/en.ts';
import { Button } from '../../../ui/button.tsx';
import { bindClasses } from '../../../ui/class-names.ts';
import { Dialog, DialogBody, DialogFooter } from '../../../ui/dialog.tsx';
import { Field } from '../../../ui/field.tsx';
import { optionsOf, Select } from '../../../ui/select.tsx';
import { TextInput } from '../../../ui/text-input.tsx';
import settingsStyles from '../settings.module.css';
import styles from './alerts.module.css';
import { Choices } from './choices.tsx';
import { digestValues, readDigest, type DigestErrors, type DigestValues } from './digest-form.ts';

const c = bindClasses({ ...settingsStyles, ...styles });
const words = text.alerts.digest;

/** The message that regularly says what ran, failed, was missed and is due. */
export function DigestRow({ alerts: { digest, channels } }: { alerts: AlertSettings }) {
  const { alerts } = useCommands();
  const [isOpen, setOpen] = useState(false);
  const save = async (changed: Digest | null) => {
    if ((await alerts.setDigest(changed)) !== null) setOpen(false);
  };
  return (
    <div className={c('channel')}>
      <div className={c('serverText')}>
        {words.title}
        <p className={c('faint')}>{digest === undefined ? words.none : words.summary(digest)}</p>
      </div>
      <Button size="small" look="quiet" aria-label={words.edit} onClick={() => setOpen(true)}>
        {text.alerts.edit}
      </Button>
      {isOpen && (
        <DigestDialog
          digest={digest}
          channels={Object.keys(channels)}
          onSave={(changed) => void save(changed)}
          onClose={() => setOpen(false)}
        />
      )}
    </div>
  );
}

interface DigestDialogProps {
  digest: Digest | undefined;
  channels: readonly string[];
  onSave: (digest: Digest | null) => void;
  onClose: () => void;
}

function DigestDialog({ digest, channels, onSave, onClose }: DigestDialogProps) {
  const [values, setValues] = useState<DigestValues>(() => digestValues(digest));
  const [errors, setErrors] = useState<DigestErrors>({});
  const change = (part: Partial<DigestValues>) => setValues((before) => ({ ...before, ...part }));
  const save = () => {
    const read = readDigest(values);
    if ('errors' in read) setErrors(read.errors);
    else onSave(read.digest);
  };
  return (
    <Dialog title={words.title} onDismiss={onClose}>
      <DialogBody>
        <form
          id="digest"
          className={c('form')}
          onSubmit={(event) => {
            event.preventDefault();
            save();
          }}
        >
          <Field label={words.every} hint={words.hint}>
            {(ids) => (
              <Select
                {...ids}
                value={values.every}
                options={optionsOf(words.choices)}
                onChange={(every) => change({ every })}
              />
            )}
          </Field>
          {values.every === 'week' && (
            <Field label={words.weekday}>
              {(ids) => (
                <Select
                  {...ids}
                  value={values.weekday}
                  options={optionsOf(words.weekdays)}
                  onChange={(weekday) => change({ weekday })}
                />
              )}
            </Field>
          )}
          {values.every !== 'never' && (
            <>
              <Field label={words.at} error={errors.at}>
                {(ids) => (
                  <TextInput {...ids} value={values.at} onChange={(event) => change({ at: event.target.value })} />
                )}
              </Field>
              <Choices
                legend={text.alerts.ruleChannels}
                labels={Object.fromEntries(channels.map((name) => [name, name]))}
                chosen={values.channels}
                error={errors.channels}
                onChange={(chosen) => change({ channels: chosen })}
              />
            </>
          )}
        </form>
      </DialogBody>
      <DialogFooter>
        <Button onClick={onClose}>{text.common.cancel}</Button>
        <Button look="primary" type="submit" form="digest">
          {text.common.save}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
