import { useEffect, useState } from 'react';
import type { Execution } from '../../../main/contract/execution.ts';
import { sentenceOf } from '../../bridge/bridge-error.ts';
import { useCommands, useSchedule, useSettings } from '../../session-context.tsx';
import { text } from '../../text/en.ts';
import { Button } from '../../ui/button.tsx';
import { bindClasses } from '../../ui/class-names.ts';
import { Dialog, DialogBody, DialogFooter } from '../../ui/dialog.tsx';
import { readJsonObject } from '../editor/form-reading.ts';
import { ParametersField, RareParameters } from '../editor/parameters/parameters-field.tsx';
import type { ParametersForm } from '../editor/task-form.ts';
import styles from './rerun-dialog.module.css';

const c = bindClasses(styles);

interface RerunDialogProps {
  execution: Execution;
  onClose: () => void;
}

/** Runs a task once with different input. The task itself does not change. */
export function RerunDialog({ execution, onClose }: RerunDialogProps) {
  const { executions, settings } = useCommands();
  useEffect(() => void settings.loadTools(), [settings]);
  const tool = useSettings((state) => state.tools?.find((candidate) => candidate.tool === execution.tool));
  const task = useSchedule((schedule) => schedule.tasks.find(({ id }) => id === execution.taskId));
  const [form, setForm] = useState<ParametersForm>({ ...execution, parametersText: null });
  const [error, setError] = useState<string | undefined>();
  const change = (fields: Partial<ParametersForm>) => {
    setError(undefined);
    setForm((shown) => ({ ...shown, ...fields }));
  };
  const run = async () => {
    const read = readJsonObject(form.parametersText ?? JSON.stringify(form.parameters));
    if (read.error !== null) return setError(read.error);
    try {
      await executions.rerunWith(execution, read.value);
      return onClose();
    } catch (thrown) {
      return setError(sentenceOf(thrown));
    }
  };
  const differs = task !== undefined && JSON.stringify(task.parameters) !== JSON.stringify(execution.parameters);
  return (
    <Dialog title={text.executions.rerunTitle(execution.taskName)} onDismiss={onClose}>
      <form
        className={c('form')}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void run();
        }}
      >
        <DialogBody>
          <div className={c('fields')}>
            <p className={c('hint')}>
              {text.executions.rerunHint}
              {differs && (
                <Button size="small" onClick={() => change({ parameters: task.parameters, parametersText: null })}>
                  {text.executions.usePresentInput}
                </Button>
              )}
            </p>
            <ParametersField form={form} tool={tool} error={error} onChange={change} />
            <RareParameters form={form} error={error} onChange={change} />
          </div>
        </DialogBody>
        <DialogFooter>
          <Button onClick={onClose}>{text.common.cancel}</Button>
          <Button type="submit" look="primary">
            {text.executions.rerunNow}
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  );
}
