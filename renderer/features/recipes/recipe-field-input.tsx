import { useEffect, useMemo } from 'react';
import { isBuiltIn } from '../../../main/contract/built-in/built-ins.ts';
import type { RecipeField } from '../../../main/contract/recipes/recipe.ts';
import { useCommands, useSettings } from '../../session-context.tsx';
import { text } from '../../text/en.ts';
import { Combobox } from '../../ui/combobox.tsx';
import { Field } from '../../ui/field.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { ChooseFolder } from '../folders/choose-folder.tsx';

const words = text.recipes;

interface RecipeFieldInputProps {
  field: RecipeField;
  /** The first field gets the focus. */
  isFirst: boolean;
  value: string;
  error: string | undefined;
  onChange: (value: string) => void;
}

export function RecipeFieldInput(props: RecipeFieldInputProps) {
  return props.field.kind === 'tool' ? <ToolInput {...props} /> : <TypedInput {...props} />;
}

function TypedInput({ field: { label, hint, example, kind }, isFirst, value, error, onChange }: RecipeFieldInputProps) {
  const button = (
    <ChooseFolder startAt={value} onChoose={onChange}>
      {words.choose}
    </ChooseFolder>
  );
  return (
    <Field label={label} hint={hint} error={error} {...(kind === 'folder' ? { aside: button } : {})}>
      {(ids) => (
        <TextInput
          {...ids}
          code
          autoFocus={isFirst}
          placeholder={words.example(example)}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

/** Offers the tools of the configured MCP servers; another one may be typed. */
function ToolInput({ field: { label, hint, example }, value, error, onChange }: RecipeFieldInputProps) {
  const { settings } = useCommands();
  const { tools } = useSettings((state) => state);
  useEffect(() => void settings.loadTools(), [settings]);
  const choices = useMemo(
    () =>
      (tools ?? [])
        .filter(({ tool }) => !isBuiltIn(tool))
        .map(({ tool, title, description }) => ({ value: tool, detail: title || description })),
    [tools],
  );
  return (
    <Field label={label} hint={tools !== null && choices.length === 0 ? words.noTools : hint} error={error}>
      {(ids) => (
        <Combobox {...ids} value={value} choices={choices} placeholder={words.example(example)} onChange={onChange} />
      )}
    </Field>
  );
}
