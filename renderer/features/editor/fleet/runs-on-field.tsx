import { useEffect } from 'react';
import { useStore } from 'zustand';
import { useCommands, useSchedule, useSession } from '../../../session-context.tsx';
import { text } from '../../../text/en.ts';
import { bindClasses } from '../../../ui/class-names.ts';
import { Field } from '../../../ui/field.tsx';
import { optionsOf, Select } from '../../../ui/select.tsx';
import { TagInput } from '../../../ui/tag-input.tsx';
import styles from '../task-editor.module.css';
import type { TaskEditorModel } from '../use-task-editor.ts';

const c = bindClasses(styles);
const words = text.fleet;

/** Which machines of the fleet run the task. Shown only where this machine is in a fleet. */
export function RunsOnField({ model }: { model: TaskEditorModel }) {
  const inFleet = useSchedule((schedule) => schedule.app.inFleet);
  return inFleet || model.form.runsOn !== 'here' ? <RunsOn model={model} /> : null;
}

function RunsOn({ model: { form, errors, change } }: { model: TaskEditorModel }) {
  const { fleet } = useCommands();
  const { stores } = useSession();
  const answer = useStore(stores.fleet, (state) => state.answer);
  useEffect(() => void fleet.load(), [fleet]);
  const known = [...new Set((answer?.members ?? []).flatMap(({ tags }) => tags))].sort();
  return (
    <div className={c('pair')}>
      <Field label={words.runsOn} hint={words.runsOnHint} error={errors.runsOn}>
        {(ids) => (
          <Select
            {...ids}
            value={form.runsOn}
            options={optionsOf(words.places)}
            onChange={(runsOn) => change({ runsOn })}
          />
        )}
      </Field>
      {form.runsOn !== 'here' && (
        <Field label={words.memberTags} hint={words.memberTagsHint} error={errors.memberTags}>
          {(ids) => (
            <TagInput {...ids} tags={form.memberTags} known={known} onChange={(memberTags) => change({ memberTags })} />
          )}
        </Field>
      )}
    </div>
  );
}
