import { useMemo } from 'react';
import { useSchedule } from '../../../session-context.tsx';
import { text } from '../../../text/en.ts';
import { Field } from '../../../ui/field.tsx';
import { TagInput } from '../../../ui/tag-input.tsx';
import { filterChoices } from '../../task-list/arrange/match-tasks.ts';
import type { TaskEditorModel } from '../use-task-editor.ts';

/** The tags of a task, with those of all tasks as suggestions. */
export function TagsField({ model: { form, errors, change } }: { model: TaskEditorModel }) {
  const tasks = useSchedule((schedule) => schedule.tasks);
  const known = useMemo(() => filterChoices(tasks).tags, [tasks]);
  return (
    <Field label={text.tags.label} hint={text.tags.hint} error={errors.tags}>
      {(ids) => <TagInput {...ids} tags={form.tags} known={known} onChange={(tags) => change({ tags })} />}
    </Field>
  );
}
