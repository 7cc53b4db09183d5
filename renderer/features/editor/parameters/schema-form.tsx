import { useState } from 'react';
import { text } from '../../../text/en.ts';
import { bindClasses } from '../../../ui/class-names.ts';
import { Field } from '../../../ui/field.tsx';
import type { ControlIds } from '../../../ui/field.tsx';
import { Select } from '../../../ui/select.tsx';
import { Switch } from '../../../ui/switch.tsx';
import { TextArea, TextInput } from '../../../ui/text-input.tsx';
import { fieldsOf } from './schema.ts';
import type { Schema, SchemaField } from './schema.ts';
import styles from './parameters-field.module.css';

const c = bindClasses(styles);

type Values = Readonly<Record<string, unknown>>;

interface SchemaFormProps {
  schema: Schema;
  value: Values;
  onChange: (value: Values) => void;
}

/** A form made from a JSON schema. Empty fields are omitted, so that the tool's own default applies. */
export function SchemaForm({ schema, value, onChange }: SchemaFormProps) {
  const set = (name: string, next: unknown) => {
    const { [name]: _old, ...rest } = value;
    onChange(next === undefined ? rest : { ...rest, [name]: next });
  };
  return fieldsOf(schema).map((field) => (
    <SchemaControl
      key={field.name}
      field={field}
      value={value[field.name]}
      onChange={(next) => set(field.name, next)}
    />
  ));
}

interface ControlProps {
  field: SchemaField;
  value: unknown;
  onChange: (value: unknown) => void;
}

function SchemaControl({ field, value, onChange }: ControlProps) {
  if (field.kind === 'object') {
    return (
      <fieldset className={c('group')}>
        <legend>{field.label}</legend>
        <SchemaForm schema={field.schema} value={isValues(value) ? value : {}} onChange={onChange} />
      </fieldset>
    );
  }
  const label = field.required ? field.label : text.editor.optional(field.label);
  return (
    <Field label={label} hint={field.description}>
      {(ids) => <Control field={field} value={value} onChange={onChange} ids={ids} />}
    </Field>
  );
}

function Control({ field, value, onChange, ids }: ControlProps & { ids: ControlIds }) {
  const placeholder = field.defaultText;
  switch (field.kind) {
    case 'boolean':
      // The tool's own default applies if the field is not set.
      return <Switch {...ids} checked={(value ?? field.schema['default']) === true} onChange={onChange} />;
    case 'choice': {
      const options = [{ value: '', label: text.editor.notSet(placeholder) }];
      for (const { key, label } of field.choices) options.push({ value: key, label });
      const chosen = value === undefined ? '' : JSON.stringify(value);
      const choose = (key: string) => onChange(field.choices.find((choice) => choice.key === key)?.value);
      return <Select {...ids} value={chosen} options={options} onChange={choose} />;
    }
    case 'lines': {
      const lines = Array.isArray(value) ? value.join('\n') : '';
      const read = (typed: string) => (typed === '' ? undefined : typed.split('\n'));
      return <TextArea {...ids} rows={2} value={lines} onChange={(event) => onChange(read(event.target.value))} />;
    }
    case 'number':
    case 'integer':
      return <NumberInput ids={ids} value={value} placeholder={placeholder} onChange={onChange} />;
    case 'json':
      return <JsonInput ids={ids} value={value} onChange={onChange} />;
    default:
      return (
        <TextInput
          {...ids}
          placeholder={placeholder}
          value={typeof value === 'string' ? value : ''}
          onChange={(event) => onChange(emptyAsUnset(event.target.value))}
        />
      );
  }
}

const emptyAsUnset = (value: string): string | undefined => (value === '' ? undefined : value);

const isValues = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

interface TypedInputProps {
  ids: ControlIds;
  value: unknown;
  placeholder?: string | undefined;
  onChange: (value: unknown) => void;
}

/** A number field. Text that is not a number is passed on as text, so that the check on saving names the field. */
function NumberInput({ ids, value, placeholder, onChange }: TypedInputProps) {
  const [typed, setTyped] = useState(typeof value === 'number' || typeof value === 'string' ? String(value) : '');
  const change = (next: string) => {
    setTyped(next);
    const number = Number(next);
    onChange(next.trim() === '' ? undefined : Number.isNaN(number) ? next : number);
  };
  return (
    <TextInput
      {...ids}
      inputMode="decimal"
      placeholder={placeholder}
      value={typed}
      onChange={(event) => change(event.target.value)}
    />
  );
}

/** A field for any value as JSON. Invalid JSON is passed on as text, as in `NumberInput`. */
function JsonInput({ ids, value, onChange }: TypedInputProps) {
  const [typed, setTyped] = useState(value === undefined ? '' : JSON.stringify(value, null, 2));
  const change = (next: string) => {
    setTyped(next);
    onChange(readJson(next));
  };
  return <TextArea {...ids} code rows={2} value={typed} onChange={(event) => change(event.target.value)} />;
}

function readJson(typed: string): unknown {
  if (typed.trim() === '') return undefined;
  try {
    return JSON.parse(typed);
  } catch {
    return typed;
  }
}
