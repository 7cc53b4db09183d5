import { text } from '../../../text/en.ts';
import { Field } from '../../../ui/field.tsx';
import { TextArea } from '../../../ui/text-input.tsx';
import type { BuiltInFieldsProps } from './built-in-forms.ts';

/** The command of a `shell:run` task. Rarer parameters (another shell, stdin, exit codes) are in the JSON view. */
export function ShellFields({ parameters, error, aside, onChange }: BuiltInFieldsProps) {
  const { command } = parameters;
  return (
    <Field label={text.editor.command} hint={text.editor.commandHint} error={error} aside={aside}>
      {(ids) => (
        <TextArea
          {...ids}
          code
          rows={2}
          placeholder={text.editor.commandPlaceholder}
          value={typeof command === 'string' ? command : ''}
          onChange={(event) => onChange({ ...parameters, command: event.target.value })}
        />
      )}
    </Field>
  );
}
