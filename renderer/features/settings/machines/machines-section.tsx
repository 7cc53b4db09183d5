import { useState } from 'react';
import { machineHostSchema, machineNameSchema, type Machine } from '../../../../main/contract/machines.ts';
import type { Settings } from '../../../../main/contract/settings.ts';
import { useCommands, useSession } from '../../../session-context.tsx';
import { showToast } from '../../../stores/toast-store.ts';
import { text } from '../../../text/en.ts';
import { Button } from '../../../ui/button.tsx';
import { bindClasses } from '../../../ui/class-names.ts';
import { Field } from '../../../ui/field.tsx';
import { TextInput } from '../../../ui/text-input.tsx';
import { Section } from '../section.tsx';
import styles from '../settings.module.css';

const c = bindClasses(styles);
const words = text.machines;

/** Lists the machines that the command line reaches by name. */
export function MachinesSection({ settings }: { settings: Settings }) {
  const machines = Object.entries(settings.machines);
  return (
    <Section title={words.title}>
      <p className={c('remark')}>{words.hint}</p>
      {machines.length === 0 && <p className={c('remark')}>{words.none}</p>}
      {machines.map(([name, machine]) => (
        <MachineRow key={name} name={name} machine={machine} settings={settings} />
      ))}
      <AddMachine settings={settings} />
    </Section>
  );
}

function MachineRow({ name, machine, settings }: { name: string; machine: Machine; settings: Settings }) {
  const commands = useCommands();
  const { stores } = useSession();
  const remove = async () => {
    const { [name]: _, ...rest } = settings.machines;
    if (!(await commands.settings.change({ machines: rest }))) return;
    const undo = () => {
      const present = stores.settings.getState().settings?.machines ?? rest;
      void commands.settings.change({ machines: { ...present, [name]: machine } });
    };
    const action = { label: text.common.undo, run: undo };
    showToast(stores.toasts, { tone: 'info', message: words.removed(name), action });
  };
  return (
    <div className={c('server')}>
      <div className={c('serverText')}>
        <strong>{name}</strong>
        <code data-selectable>{words.command(name)}</code>
      </div>
      <span className={c('faint')}>{machine.host}</span>
      <Button size="small" look="quiet" aria-label={words.removeNamed(name)} onClick={() => void remove()}>
        {words.remove}
      </Button>
    </div>
  );
}

function AddMachine({ settings }: { settings: Settings }) {
  const commands = useCommands();
  const [name, setName] = useState('');
  const [host, setHost] = useState('');
  const [errors, setErrors] = useState<{ name?: string; host?: string }>({});
  const add = async () => {
    const wrong = {
      ...(!machineNameSchema.safeParse(name).success && { name: words.nameWrong }),
      ...(Object.hasOwn(settings.machines, name) && { name: words.nameTaken }),
      ...(!machineHostSchema.safeParse(host).success && { host: words.hostWrong }),
    };
    setErrors(wrong);
    if (Object.keys(wrong).length > 0) return;
    if (!(await commands.settings.change({ machines: { ...settings.machines, [name]: { host } } }))) return;
    setName('');
    setHost('');
  };
  return (
    <form
      className={c('add')}
      aria-label={words.addMachine}
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <Field label={words.name} error={errors.name}>
        {(ids) => <TextInput {...ids} value={name} onChange={(event) => setName(event.target.value.trim())} />}
      </Field>
      <Field label={words.host} hint={words.hostHint} error={errors.host}>
        {(ids) => <TextInput {...ids} code value={host} onChange={(event) => setHost(event.target.value.trim())} />}
      </Field>
      <Button type="submit">{words.add}</Button>
    </form>
  );
}
