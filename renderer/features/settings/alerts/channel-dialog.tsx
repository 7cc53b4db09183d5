import { useState } from 'react';
import { useStore } from 'zustand';
import { channelNameSchema, type Channel, type ChannelKind } from '../../../../main/contract/alerts/channels.ts';
import type { AlertTest } from '../../../../main/contract/alerts/outbox.ts';
import { useCommands, useSession } from '../../../session-context.tsx';
import { text } from '../../../text/en.ts';
import { Button } from '../../../ui/button.tsx';
import { bindClasses } from '../../../ui/class-names.ts';
import { Dialog, DialogBody, DialogFooter } from '../../../ui/dialog.tsx';
import { Field } from '../../../ui/field.tsx';
import { optionsOf, Select } from '../../../ui/select.tsx';
import { TextArea, TextInput } from '../../../ui/text-input.tsx';
import styles from './alerts.module.css';
import { isHidden, readChannel, shownFields, valuesOf, type ChannelField } from './channel-form.ts';
import { TestAnswer } from './test-answer.tsx';

const c = bindClasses(styles);
const words = text.alerts;

interface ChannelDialogProps {
  /** Empty for a new channel. */
  name: string;
  /** Null for a new channel. */
  channel: Channel | null;
  onClose: () => void;
}

/** Adds or changes a channel. A test sends to the channel as it is typed, before it is saved. */
export function ChannelDialog({ name: present, channel, onClose }: ChannelDialogProps) {
  const { alerts } = useCommands();
  const [name, setName] = useState(present);
  const [kind, setKind] = useState<ChannelKind>(channel?.kind ?? 'webhook');
  const [values, setValues] = useState<Record<string, string>>(() => (channel === null ? {} : valuesOf(channel)));
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const [test, setTest] = useState<AlertTest | 'running' | null>(null);
  const nameProblem = useNameProblem(present, name);
  /** Returns the channel as it is typed, or null after it has shown what is wrong. */
  const read = (others: Readonly<Record<string, string>>): Channel | null => {
    const found = readChannel(kind, values, channel);
    const problems = { ...('errors' in found ? found.errors : {}), ...others };
    setErrors(problems);
    return 'channel' in found && Object.keys(problems).length === 0 ? found.channel : null;
  };
  const tryIt = async () => {
    const typed = read({});
    if (typed === null) return;
    setTest('running');
    setTest(await alerts.test({ channel: typed }));
  };
  const save = async () => {
    const typed = read(nameProblem === null ? {} : { name: nameProblem });
    if (typed !== null && (await alerts.setChannel(name, typed)) !== null) onClose();
  };
  const change = (field: string, value: string) => setValues((before) => ({ ...before, [field]: value }));
  return (
    <Dialog title={present === '' ? words.add : words.editNamed(present)} onDismiss={onClose}>
      <DialogBody>
        <form
          id="channel"
          className={c('form')}
          onSubmit={(event) => {
            event.preventDefault();
            void save();
          }}
        >
          <Field label={words.kind}>
            {(ids) => <Select {...ids} value={kind} options={optionsOf(words.kinds)} onChange={setKind} />}
          </Field>
          {present === '' && (
            <Field label={words.name} hint={words.nameHint} error={errors['name']}>
              {(ids) => <TextInput {...ids} value={name} onChange={(event) => setName(event.target.value.trim())} />}
            </Field>
          )}
          {shownFields(kind, values).map((field) => (
            <ChannelControl
              key={`${kind} ${field.name}`}
              {...{ field, kind }}
              value={values[field.name] ?? ''}
              error={errors[field.name]}
              onChange={(value) => change(field.name, value)}
            />
          ))}
        </form>
        <TestAnswer test={test} />
      </DialogBody>
      <DialogFooter>
        <Button disabled={test === 'running'} onClick={() => void tryIt()}>
          {words.test}
        </Button>
        <Button onClick={onClose}>{text.common.cancel}</Button>
        <Button look="primary" type="submit" form="channel">
          {text.common.save}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}

/** Returns what is wrong with the name of a new channel; null if nothing is. */
function useNameProblem(present: string, name: string): string | null {
  const { stores } = useSession();
  const channels = useStore(stores.alerts, ({ answer }) => answer?.alerts.channels ?? {});
  if (present !== '') return null;
  if (name === '') return words.required;
  if (!channelNameSchema.safeParse(name).success) return words.nameHint;
  return Object.hasOwn(channels, name) ? words.nameTaken : null;
}

interface ChannelControlProps {
  field: ChannelField;
  kind: ChannelKind;
  value: string;
  error: string | undefined;
  onChange: (value: string) => void;
}

function ChannelControl({ field, kind, value, error, onChange }: ChannelControlProps) {
  const { label, hint, choices, isLong, name } = field;
  return (
    <Field label={label} error={error} {...(hint !== undefined && { hint })}>
      {(ids) => {
        if (choices !== undefined) {
          const chosen = value in choices ? value : (Object.keys(choices)[0] ?? '');
          return <Select {...ids} value={chosen} options={optionsOf(choices)} onChange={onChange} />;
        }
        if (isLong === true)
          return <TextArea {...ids} code rows={3} value={value} onChange={(event) => onChange(event.target.value)} />;
        const type = isHidden(kind, name) ? { type: 'password', autoComplete: 'new-password' } : {};
        return <TextInput {...ids} {...type} value={value} onChange={(event) => onChange(event.target.value)} />;
      }}
    </Field>
  );
}
