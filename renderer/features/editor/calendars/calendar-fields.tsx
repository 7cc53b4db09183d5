import { builtInCalendars } from '../../../../main/contract/calendars.ts';
import { useSettings } from '../../../session-context.tsx';
import { text } from '../../../text/en.ts';
import { bindClasses } from '../../../ui/class-names.ts';
import { Field } from '../../../ui/field.tsx';
import { optionsOf, Select } from '../../../ui/select.tsx';
import { Section } from '../sections/section.tsx';
import type { TaskEditorModel } from '../use-task-editor.ts';
import styles from '../task-editor.module.css';

const c = bindClasses(styles);
const words = text.calendars.editor;

/** Chooses the calendars whose days are left out, and what becomes of runs that are due on them. */
export function CalendarFields({ model }: { model: TaskEditorModel }) {
  const { form, change } = model;
  const added = useSettings((state) => state.settings?.calendars);
  // A calendar that was removed meanwhile is still shown, so that it can be taken out.
  const names = [...new Set([...Object.keys({ ...builtInCalendars, ...added }), ...Object.keys(form.calendars)])];
  const isUsed = Object.values(form.calendars).some((use) => use !== 'none');
  return (
    <Section model={model} name="calendars" title={words.title} summary={words.summary(form)}>
      <div className={c('inside')}>
        {names.map((name) => (
          <Field key={name} label={name}>
            {(ids) => (
              <Select
                {...ids}
                value={form.calendars[name] ?? 'none'}
                options={optionsOf(words.uses)}
                onChange={(use) => change({ calendars: { ...form.calendars, [name]: use } })}
              />
            )}
          </Field>
        ))}
        {isUsed && (
          <Field label={words.dayOff}>
            {(ids) => (
              <Select
                {...ids}
                value={form.dayOff}
                options={optionsOf(words.dayOffs)}
                onChange={(dayOff) => change({ dayOff })}
              />
            )}
          </Field>
        )}
        <p className={c('hint')}>{words.more}</p>
      </div>
    </Section>
  );
}
