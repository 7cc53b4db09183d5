import { text } from '../../../text/en.ts';
import { bindClasses } from '../../../ui/class-names.ts';
import { Field } from '../../../ui/field.tsx';
import { optionsOf, Select } from '../../../ui/select.tsx';
import { TextArea } from '../../../ui/text-input.tsx';
import { TypedField } from '../parameters/typed-field.tsx';
import { Section } from '../sections/section.tsx';
import type { TextField } from '../task-form.ts';
import type { TaskEditorModel } from '../use-task-editor.ts';
import styles from '../task-editor.module.css';

const c = bindClasses(styles);
const words = text.probes;

/** What the task looks at before it runs. */
export function ProbeFields({ model }: { model: TaskEditorModel }) {
  const { form, change } = model;
  return (
    <Section model={model} name="probe" title={words.title} summary={words.summary(form.probeLook, form.probe)}>
      <div className={c('inside')}>
        <Field label={words.look}>
          {(ids) => (
            <Select
              {...ids}
              value={form.probeLook}
              options={optionsOf(words.looks)}
              onChange={(probeLook) => change({ probeLook })}
            />
          )}
        </Field>
        {form.probeLook === 'command' && (
          <TypedField model={model} field="probe" label={words.command} hint={words.commandHint} />
        )}
        {form.probeLook === 'tool' && (
          <>
            <TypedField model={model} field="probeTool" label={words.tool} hint={words.toolHint} />
            <LinesField model={model} field="probeParameters" label={words.parameters} />
          </>
        )}
        {form.probeLook !== 'none' && <RuleFields model={model} />}
      </div>
    </Section>
  );
}

/** What is compared, and what follows a change. */
function RuleFields({ model }: { model: TaskEditorModel }) {
  const { form, change } = model;
  return (
    <>
      <div className={c('pair')}>
        <TypedField model={model} field="probePath" label={words.path} placeholder={words.pathPlaceholder} />
        <TypedField model={model} field="probePattern" label={words.pattern} placeholder={words.pathPlaceholder} />
      </div>
      <LinesField model={model} field="probeIgnore" label={words.ignore} hint={words.ignoreHint} />
      <div className={c('pair')}>
        {form.probeLook !== 'own' && (
          <Field label={words.then}>
            {(ids) => (
              <Select
                {...ids}
                value={form.probeThen}
                options={optionsOf(words.thens)}
                onChange={(probeThen) => change({ probeThen })}
              />
            )}
          </Field>
        )}
        <Field label={words.first}>
          {(ids) => (
            <Select
              {...ids}
              value={form.probeFirst}
              options={optionsOf(words.firsts)}
              onChange={(probeFirst) => change({ probeFirst })}
            />
          )}
        </Field>
      </div>
      <p className={c('hint')}>{words.more}</p>
    </>
  );
}

interface LinesFieldProps {
  model: TaskEditorModel;
  field: TextField;
  label: string;
  hint?: string;
}

function LinesField({ model, field, label, hint }: LinesFieldProps) {
  return (
    <Field label={label} hint={hint} error={model.errors[field]}>
      {(ids) => (
        <TextArea
          {...ids}
          rows={2}
          spellCheck={false}
          value={model.form[field]}
          onChange={(event) => model.change({ [field]: event.target.value })}
        />
      )}
    </Field>
  );
}
