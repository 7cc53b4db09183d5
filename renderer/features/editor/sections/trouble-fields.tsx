import { policyDefaults } from '../../../../main/contract/policy-defaults.ts';
import type { CatchUpPolicy, OverlapPolicy } from '../../../../main/contract/task.ts';
import { text } from '../../../text/en.ts';
import { durationText } from '../../../text/format.ts';
import { bindClasses } from '../../../ui/class-names.ts';
import { Field } from '../../../ui/field.tsx';
import { optionsOf, Select } from '../../../ui/select.tsx';
import { TypedField } from '../parameters/typed-field.tsx';
import type { TaskForm } from '../task-form.ts';
import type { TaskEditorModel } from '../use-task-editor.ts';
import { Section } from './section.tsx';
import styles from '../task-editor.module.css';

const c = bindClasses(styles);

const overlaps: Readonly<Record<OverlapPolicy, string>> = text.editor.overlaps;
const catchUps: Readonly<Record<CatchUpPolicy | 'default', string>> = text.editor.catchUps;

/** Fields for what happens when a run fails, is missed or overlaps the previous run. */
export function TroubleFields({ model }: { model: TaskEditorModel }) {
  const { form, change } = model;
  const words = text.editor;
  const { overlap, catchUp } = form;
  return (
    <Section model={model} name="trouble" title={words.trouble} summary={text.sections.troubleSummary(form)}>
      <div className={c('inside')}>
        <div className={c('pair')}>
          <TypedField model={model} field="retries" label={words.retries} placeholder="0" hint={words.retriesHint} />
          <TypedField
            model={model}
            field="pauseAfterFailures"
            label={words.pauseAfter}
            placeholder={words.never}
            hint={words.pauseAfterHint}
          />
        </div>
        {form.retries !== '' && form.retries !== '0' && <RetryWaits model={model} />}
        <Field label={words.overlap}>
          {(ids) => (
            <Select
              {...ids}
              value={overlap}
              options={optionsOf(overlaps)}
              onChange={(value) => change({ overlap: value })}
            />
          )}
        </Field>
        <Field label={words.catchUp}>
          {(ids) => (
            <Select
              {...ids}
              value={catchUp}
              options={optionsOf(catchUps)}
              onChange={(value) => change({ catchUp: value })}
            />
          )}
        </Field>
        {catchUp !== 'skip' && (
          <TypedField
            model={model}
            field="catchUpWindow"
            label={words.catchUpWindow}
            placeholder={durationText(policyDefaults.catchUpWindowMs)}
          />
        )}
        {form.runsOn === 'one' && <IfLostField model={model} ifLost={form.ifLost ?? 'leave'} />}
      </div>
    </Section>
  );
}

function RetryWaits({ model }: { model: TaskEditorModel }) {
  return (
    <div className={c('pair')}>
      <TypedField
        model={model}
        field="retryDelay"
        label={text.editor.retryDelay}
        placeholder={durationText(policyDefaults.retryDelayMs)}
      />
      <TypedField
        model={model}
        field="retryBackoff"
        label={text.editor.retryBackoff}
        placeholder={String(policyDefaults.retryBackoff)}
      />
    </div>
  );
}

function IfLostField({ model, ifLost }: { model: TaskEditorModel; ifLost: NonNullable<TaskForm['ifLost']> }) {
  const { ifLost: label, ifLostHint, ifLosts } = text.editor;
  return (
    <Field label={label} hint={ifLostHint}>
      {(ids) => (
        <Select
          {...ids}
          value={ifLost}
          options={optionsOf(ifLosts)}
          onChange={(value) => model.change({ ifLost: value })}
        />
      )}
    </Field>
  );
}
