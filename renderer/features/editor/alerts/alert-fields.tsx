import { useSettings } from '../../../session-context.tsx';
import { text } from '../../../text/en.ts';
import { bindClasses } from '../../../ui/class-names.ts';
import { Field } from '../../../ui/field.tsx';
import { optionsOf, Select } from '../../../ui/select.tsx';
import { Choices } from '../../settings/alerts/choices.tsx';
import { Section } from '../sections/section.tsx';
import type { TaskEditorModel } from '../use-task-editor.ts';
import styles from '../task-editor.module.css';

const c = bindClasses(styles);
const words = text.alerts.editor;

/** Chooses where the alerts of the task go. */
export function AlertFields({ model }: { model: TaskEditorModel }) {
  const { form, errors, change } = model;
  const channels = useSettings((state) => state.settings?.alerts.channels);
  // A channel that was removed meanwhile is still shown, so that it can be taken out.
  const names = [...new Set([...Object.keys(channels ?? {}), ...form.alertChannels])];
  if (names.length === 0 && form.alertsTo === 'rules') return null;
  return (
    <Section model={model} name="alerts" title={words.title} summary={words.summary(form)}>
      <div className={c('inside')}>
        <Field label={words.to} hint={words.hint}>
          {(ids) => (
            <Select
              {...ids}
              value={form.alertsTo}
              options={optionsOf(words.choices)}
              onChange={(alertsTo) => change({ alertsTo })}
            />
          )}
        </Field>
        {form.alertsTo === 'channels' && (
          <Choices
            legend={text.alerts.ruleChannels}
            labels={Object.fromEntries(names.map((name) => [name, name]))}
            chosen={form.alertChannels}
            error={errors.alertChannels}
            onChange={(alertChannels) => change({ alertChannels })}
          />
        )}
      </div>
    </Section>
  );
}
