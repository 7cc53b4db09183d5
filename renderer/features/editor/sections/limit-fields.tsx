import { policyDefaults, canShareWorker } from '../../../../main/contract/policy-defaults.ts';
import { useSettings } from '../../../session-context.tsx';
import { text } from '../../../text/en.ts';
import { durationText } from '../../../text/format.ts';
import { bindClasses } from '../../../ui/class-names.ts';
import { Field } from '../../../ui/field.tsx';
import { optionsOf, Select } from '../../../ui/select.tsx';
import { SwitchField, TypedField } from '../parameters/typed-field.tsx';
import type { TaskEditorModel } from '../use-task-editor.ts';
import { Section } from './section.tsx';
import styles from '../task-editor.module.css';

const c = bindClasses(styles);

/** Fields for the limits of a task: time, memory, number of runs, end date and conditions. */
export function LimitFields({ model }: { model: TaskEditorModel }) {
  const { form } = model;
  const words = text.editor;
  const timeout = useSettings((state) => state.settings?.defaultTimeout) ?? policyDefaults.timeoutMs;
  return (
    <Section
      model={model}
      name="limits"
      title={words.limits}
      summary={text.sections.limitSummary({
        ...form,
        timeout: form.timeout === '' ? durationText(timeout) : form.timeout,
      })}
    >
      <div className={c('inside')}>
        <div className={c('pair')}>
          <TypedField model={model} field="timeout" label={words.timeout} placeholder={durationText(timeout)} />
          <TypedField model={model} field="memoryMb" label={words.memory} placeholder={words.noLimit} />
        </div>
        <TypedField
          model={model}
          field="budget"
          label={text.budgets.field}
          placeholder={words.noLimit}
          hint={text.budgets.hint}
        />
        <div className={c('pair')}>
          <TypedField model={model} field="maxExecutions" label={words.maxExecutions} placeholder={words.noLimit} />
          <TypedField model={model} field="maxProcesses" label={words.maxProcesses} placeholder={words.noLimit} />
        </div>
        <div className={c('pair')}>
          <TypedField model={model} field="startDate" label={words.startDate} hint={words.startDateHint} />
          <TypedField
            model={model}
            field="endDate"
            label={words.endDate}
            placeholder={words.never}
            hint={words.endDateHint}
          />
        </div>
        <TypedField model={model} field="jitter" label={words.jitter} placeholder="0s" hint={words.jitterHint} />
        <div className={c('pair')}>
          <SwitchField model={model} field="onlyOnline" label={words.onlyOnline} />
          <SwitchField model={model} field="onlyOnPower" label={words.onlyOnPower} />
        </div>
        <SwitchField model={model} field="fireOnce" label={words.fireOnce} />
        {canShareWorker(form.tool) && <WorkerField model={model} />}
      </div>
    </Section>
  );
}

function WorkerField({ model: { form, change } }: { model: TaskEditorModel }) {
  const byDefault = useSettings((state) => state.settings?.worker) ?? policyDefaults.worker;
  const options = [
    { value: 'default' as const, label: text.workers.byDefault(byDefault) },
    ...optionsOf(text.workers.policies),
  ];
  return (
    <Field label={text.workers.policy} hint={text.workers.policyHint}>
      {(ids) => <Select {...ids} value={form.worker} options={options} onChange={(worker) => change({ worker })} />}
    </Field>
  );
}
