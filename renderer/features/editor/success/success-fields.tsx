import { Plus } from 'lucide-react';
import { policyDefaults } from '../../../../main/contract/policy-defaults.ts';
import { useSchedule, useSettings } from '../../../session-context.tsx';
import type { EditorPurpose } from '../../../stores/navigation-store.ts';
import { text } from '../../../text/en.ts';
import { bindClasses } from '../../../ui/class-names.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { optionsOf, Select } from '../../../ui/select.tsx';
import type { TaskEditorModel } from '../use-task-editor.ts';
import { emptyCriterion } from './criterion-form.ts';
import { CriterionRow } from './criterion-row.tsx';
import { useSuccessTrial } from './use-success-trial.ts';
import { Section } from '../sections/section.tsx';
import styles from './success-fields.module.css';

const c = bindClasses(styles);
const words = text.success;

/** What must hold, besides the exit code or status, for a run to count as success. */
export function SuccessFields({ model, purpose }: { model: TaskEditorModel; purpose: EditorPurpose }) {
  const { form, errors, change } = model;
  const lastRun = useLastRun(purpose);
  const trial = useSuccessTrial(form.success);
  const rows = form.success;
  return (
    <Section
      model={model}
      name="success"
      title={words.title}
      summary={text.sections.successSummary(
        words.summary(rows.length),
        form.doubt === 'default' ? null : text.doubts.policies[form.doubt].toLowerCase(),
      )}
    >
      <div className={c('fields')}>
        <p className={c('hint')}>{words.hint}</p>
        {rows.map((row, index) => (
          <CriterionRow
            key={index}
            position={index + 1}
            form={row}
            tried={trial.tried?.[index]}
            showsError={errors.success !== undefined}
            onChange={(changed) => change({ success: rows.map((old, at) => (at === index ? changed : old)) })}
            onRemove={() => change({ success: rows.filter((_row, at) => at !== index) })}
          />
        ))}
        {(errors.success ?? trial.error) && (
          <p className={c('error')} role="alert">
            {errors.success ?? trial.error}
          </p>
        )}
        <div className={c('actions')}>
          <Button
            size="small"
            icon={<Plus aria-hidden />}
            onClick={() => change({ success: [...rows, emptyCriterion] })}
          >
            {words.add}
          </Button>
          {lastRun !== undefined && rows.length > 0 && (
            <Button size="small" look="quiet" busy={trial.isTrying} onClick={() => void trial.start(lastRun)}>
              {words.tryOnLast}
            </Button>
          )}
        </div>
        <DoubtField model={model} />
      </div>
    </Section>
  );
}

/** What to do with a success whose output looks like a failure. */
function DoubtField({ model: { form, change } }: { model: TaskEditorModel }) {
  const byDefault = useSettings((state) => state.settings?.doubtfulRuns) ?? policyDefaults.doubt;
  const options = [
    { value: 'default' as const, label: text.doubts.byDefault(byDefault) },
    ...optionsOf(text.doubts.policies),
  ];
  return (
    <Field label={text.doubts.policy} hint={text.doubts.policyHint}>
      {(ids) => <Select {...ids} value={form.doubt} options={options} onChange={(doubt) => change({ doubt })} />}
    </Field>
  );
}

/** Returns the id of the last run of the task that is edited or duplicated. */
function useLastRun(purpose: EditorPurpose): string | undefined {
  return useSchedule((schedule) =>
    purpose.kind === 'new' ? undefined : schedule.tasks.find(({ id }) => id === purpose.taskId)?.lastExecutionId,
  );
}
