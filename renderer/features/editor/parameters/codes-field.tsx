import { useState } from 'react';
import { Field } from '../../../ui/field.tsx';
import { TextInput } from '../../../ui/text-input.tsx';
import { codesText, readCodes } from './http-parameters.ts';

interface CodesFieldProps {
  label: string;
  placeholder: string;
  hint: string;
  codes: unknown;
  error: string | undefined;
  /** Called with the codes; with the text itself while it is no list, and undefined if it is empty. */
  onChange: (codes: number[] | string | undefined) => void;
}

/** A list of codes, typed with commas or spaces. */
export function CodesField({ label, placeholder, hint, codes, error, onChange }: CodesFieldProps) {
  const [typed, setTyped] = useState(() => codesText(codes));
  return (
    <Field label={label} hint={hint} error={error}>
      {(ids) => (
        <TextInput
          {...ids}
          placeholder={placeholder}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            onChange(readCodes(event.target.value));
          }}
        />
      )}
    </Field>
  );
}
