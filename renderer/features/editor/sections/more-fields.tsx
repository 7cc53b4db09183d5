import { useMemo } from 'react';
import { useSchedule } from '../../../session-context.tsx';
import { text } from '../../../text/en.ts';
import { bindClasses } from '../../../ui/class-names.ts';
import { Combobox } from '../../../ui/combobox.tsx';
import type { Choice } from '../../../ui/combobox.tsx';
import { Field } from '../../../ui/field.tsx';
import { TextArea } from '../../../ui/text-input.tsx';
import styles from '../task-editor.module.css';
import type { TaskEditorModel } from '../use-task-editor.ts';
import { DirectoryField } from './directory-field.tsx';
import { Section } from './section.tsx';
import { TagsField } from './tags-field.tsx';

const c = bindClasses(styles);
const words = text.sections;

/** Fields that most tasks leave as they are: time zone, folder, tags, notes and environment. */
export function MoreFields({ model }: { model: TaskEditorModel }) {
  const { form, errors, change } = model;
  const machineZone = useSchedule((schedule) => schedule.app.timezone);
  const zone = form.timezone === machineZone ? null : form.timezone;
  return (
    <Section model={model} name="more" title={words.more} summary={words.moreSummary({ ...form, zone })}>
      <div className={c('inside')}>
        <ZoneField model={model} />
        <DirectoryField model={model} />
        <TagsField model={model} />
        <Field label={text.editor.description}>
          {(ids) => (
            <TextArea
              {...ids}
              rows={2}
              value={form.description}
              onChange={(event) => change({ description: event.target.value })}
            />
          )}
        </Field>
        <Field label={text.editor.env} hint={text.editor.envHint} error={errors.env}>
          {(ids) => (
            <TextArea
              {...ids}
              code
              rows={2}
              value={form.env}
              onChange={(event) => change({ env: event.target.value })}
            />
          )}
        </Field>
      </div>
    </Section>
  );
}

function ZoneField({ model }: { model: TaskEditorModel }) {
  const machineZone = useSchedule((schedule) => schedule.app.timezone);
  const choices = useMemo(() => zoneChoices(machineZone), [machineZone]);
  return (
    <Field label={text.editor.timezone} error={model.errors.timezone}>
      {(ids) => (
        <Combobox
          {...ids}
          value={model.form.timezone}
          choices={choices}
          placeholder={machineZone}
          onChange={(timezone) => model.change({ timezone })}
        />
      )}
    </Field>
  );
}

/** Lists the machine's zone and UTC first: most people choose one of them. */
function zoneChoices(machineZone: string): Choice[] {
  const all = Intl.supportedValuesOf('timeZone').filter((zone) => zone !== machineZone && zone !== 'UTC');
  const first: Choice[] = [{ value: machineZone, detail: text.editor.machineZone }];
  if (machineZone !== 'UTC') first.push({ value: 'UTC' });
  return [...first, ...all.map((value) => ({ value }))];
}
