import { FolderOpen } from 'lucide-react';
import { useCan, useCommands } from '../../../session-context.tsx';
import { text } from '../../../text/en.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { TextInput } from '../../../ui/text-input.tsx';
import type { TaskEditorModel } from '../use-task-editor.ts';

/** The working directory of a task: typed, or chosen in the system's folder dialog. */
export function DirectoryField({ model }: { model: TaskEditorModel }) {
  const { tasks } = useCommands();
  const hasDialogs = useCan('dialogs');
  const { form, errors, change } = model;
  const choose = async () => {
    const path = await tasks.chooseDirectory(form.workingDirectory);
    if (path !== null) change({ workingDirectory: path });
  };
  const button = hasDialogs && (
    <Button size="small" look="quiet" icon={<FolderOpen aria-hidden />} onClick={() => void choose()}>
      {text.editor.chooseDirectory}
    </Button>
  );
  return (
    <Field
      label={text.editor.workingDirectory}
      hint={text.editor.workingDirectoryHint}
      error={errors.workingDirectory}
      aside={button || undefined}
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
