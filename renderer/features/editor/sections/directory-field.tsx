import { FolderOpen } from 'lucide-react';
import { text } from '../../../text/en.ts';
import { Field } from '../../../ui/field.tsx';
import { TextInput } from '../../../ui/text-input.tsx';
import { ChooseFolder } from '../../folders/choose-folder.tsx';
import type { TaskEditorModel } from '../use-task-editor.ts';

/** The working directory of a task: typed, or chosen. */
export function DirectoryField({ model }: { model: TaskEditorModel }) {
  const { form, errors, change } = model;
  const button = (
    <ChooseFolder
      startAt={form.workingDirectory}
      icon={<FolderOpen aria-hidden />}
      onChoose={(workingDirectory) => change({ workingDirectory })}
    >
      {text.editor.chooseDirectory}
    </ChooseFolder>
  );
  return (
    <Field
      label={text.editor.workingDirectory}
      hint={text.editor.workingDirectoryHint}
      error={errors.workingDirectory}
      aside={button}
    >
      {(ids) => (
        <TextInput
          {...ids}
          code
          placeholder={text.editor.workingDirectoryPlaceholder}
          value={form.workingDirectory}
          onChange={(event) => change({ workingDirectory: event.target.value })}
        />
      )}
    </Field>
  );
}
