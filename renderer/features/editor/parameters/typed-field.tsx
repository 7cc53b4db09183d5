import { Field } from '../../../ui/field.tsx';
import { Switch } from '../../../ui/switch.tsx';
import { TextInput } from '../../../ui/text-input.tsx';
import type { TaskForm, TextField } from '../task-form.ts';
import type { TaskEditorModel } from '../use-task-editor.ts';

interface TypedFieldProps {
  model: TaskEditorModel;
  field: TextField;
  label: string;
  hint?: string;
  /** The default, shown while the field is empty. */
  placeholder?: string;
}

/** A one-line field of the task form. */
export function TypedField({ model, field, label, hint, placeholder }: TypedFieldProps) {
  return (
    <Field label={label} hint={hint} error={model.errors[field]}>
      {(ids) => (
        <TextInput
          {...ids}
          placeholder={placeholder}
          value={model.form[field]}
          onChange={(event) => model.change({ [field]: event.target.value })}
        />
      )}
    </Field>
  );
}

type SwitchName = { [K in keyof TaskForm]: TaskForm[K] extends boolean ? K : never }[keyof TaskForm];

interface SwitchFieldProps {
  model: TaskEditorModel;
  field: SwitchName;
  label: string;
  hint?: string;
}

export function SwitchField({ model, field, label, hint }: SwitchFieldProps) {
  return (
    <Field label={label} hint={hint}>
      {(ids) => (
        <Switch {...ids} checked={model.form[field]} onChange={(checked) => model.change({ [field]: checked })} />
      )}
    </Field>
  );
}
