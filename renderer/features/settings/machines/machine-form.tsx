import { useState } from 'react';
import {
  machineColours,
  machineHostSchema,
  machineNameSchema,
  machineSchema,
  type Machine,
} from '../../../../main/contract/machines.ts';
import { text } from '../../../text/en.ts';
import { Button } from '../../../ui/button.tsx';
import { bindClasses } from '../../../ui/class-names.ts';
import { Combobox } from '../../../ui/combobox.tsx';
import { Field } from '../../../ui/field.tsx';
import { Select } from '../../../ui/select.tsx';
import { Switch } from '../../../ui/switch.tsx';
import { TextInput } from '../../../ui/text-input.tsx';
import { useMachines } from '../../machines/use-machines.ts';
import styles from './machines.module.css';

const c = bindClasses(styles);
const words = text.machines;

/** What is typed in the form. */
export interface MachineDraft {
  name: string;
  host: string;
  colour: NonNullable<Machine['colour']> | 'none';
  notify: boolean;
  program: string;
  dataDir: string;
}

export type MachineErrors = Partial<Record<'name' | 'host' | 'program' | 'dataDir', string>>;

export const emptyDraft: MachineDraft = { name: '', host: '', colour: 'none', notify: false, program: '', dataDir: '' };

export const draftOf = (name: string, { host, colour, notify, program, dataDir }: Machine): MachineDraft => ({
  ...{ name, host, colour: colour ?? 'none', notify: notify ?? false },
  ...{ program: program ?? '', dataDir: dataDir ?? '' },
});

/** Returns the machine of a draft. @param known the machine before, whose unknown fields stay */
export function machineOf({ host, colour, notify, program, dataDir }: MachineDraft, known?: Machine): Machine {
  const { colour: _colour, notify: _notify, program: _program, dataDir: _dataDir, ...rest } = known ?? { host };
  return {
    ...{ ...rest, host },
    ...(colour !== 'none' && { colour }),
    ...(notify && { notify }),
    ...(program !== '' && { program }),
    ...(dataDir !== '' && { dataDir }),
  };
}

/** @param taken names of the other machines */
function errorsIn(draft: MachineDraft, taken: readonly string[]): MachineErrors {
  const issues = machineSchema.safeParse(machineOf(draft)).error?.issues ?? [];
  const isWrong = (field: string): boolean => issues.some(({ path }) => path[0] === field);
  return {
    ...(!machineNameSchema.safeParse(draft.name).success && { name: words.nameWrong }),
    ...(taken.includes(draft.name) && { name: words.nameTaken }),
    ...((draft.host === '' || !machineHostSchema.safeParse(draft.host).success) && { host: words.hostWrong }),
    ...(isWrong('program') && { program: words.programWrong }),
    ...(isWrong('dataDir') && { dataDir: words.programWrong }),
  };
}

interface MachineFormProps {
  label: string;
  first: MachineDraft;
  taken: readonly string[];
  /** This window shows other machines and their failures; otherwise only the command line reaches them. */
  canShow: boolean;
  submit: string;
  /** Returns whether the machine was saved. */
  onSave: (draft: MachineDraft) => Promise<boolean>;
  onCancel?: () => void;
}

/** The fields of a machine. */
export function MachineForm({ label, first, taken, canShow, submit, onSave, onCancel }: MachineFormProps) {
  const suggestions = useMachines((state) => state.suggestions);
  const [draft, setDraft] = useState(first);
  const [errors, setErrors] = useState<MachineErrors>({});
  const change = (part: Partial<MachineDraft>) => setDraft((before) => ({ ...before, ...part }));
  const save = async () => {
    const found = errorsIn(draft, taken);
    setErrors(found);
    if (Object.keys(found).length === 0 && (await onSave(draft))) setDraft(emptyDraft);
  };
  const textOf = (field: 'name' | 'program' | 'dataDir', hint?: string) => (
    <Field label={words[field]} hint={hint} error={errors[field]}>
      {(ids) => (
        <TextInput
          {...ids}
          code={field !== 'name'}
          value={draft[field]}
          onChange={(event) => change({ [field]: event.target.value.trim() })}
        />
      )}
    </Field>
  );
  return (
    <form
      className={c('form')}
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <h3 className={c('heading')}>{label}</h3>
      {textOf('name')}
      <Field label={words.host} hint={words.hostHint} error={errors.host}>
        {(ids) => (
          <Combobox
            {...ids}
            value={draft.host}
            choices={suggestions.map((value) => ({ value }))}
            onChange={(host) => change({ host: host.trim(), ...(draft.name === '' && nameFrom(host, suggestions)) })}
          />
        )}
      </Field>
      <Field label={words.colour}>
        {(ids) => (
          <Select
            {...ids}
            value={draft.colour}
            options={(['none', ...machineColours] as const).map((value) => ({ value, label: words.colours[value] }))}
            onChange={(colour) => change({ colour })}
          />
        )}
      </Field>
      {textOf('program', words.programHint)}
      {textOf('dataDir', words.dataDirHint)}
      {canShow && (
        <Field label={words.notify} hint={words.notifyHint}>
          {(ids) => <Switch {...ids} checked={draft.notify} onChange={(notify) => change({ notify })} />}
        </Field>
      )}
      <div className={c('buttons')}>
        {onCancel !== undefined && (
          <Button look="quiet" onClick={onCancel}>
            {text.common.cancel}
          </Button>
        )}
        <Button type="submit">{submit}</Button>
      </div>
    </form>
  );
}

/** A host that was picked from ~/.ssh/config is also a good name. */
const nameFrom = (host: string, suggestions: readonly string[]): Partial<MachineDraft> =>
  suggestions.includes(host) && machineNameSchema.safeParse(host).success ? { name: host } : {};
