import { Globe } from 'lucide-react';
import { useEffect, useMemo } from 'react';
import { builtInTools, isBuiltIn } from '../../../main/contract/built-in/built-ins.ts';
import { isUrl } from '../../../main/contract/shell-line-name.ts';
import { quickDraft } from '../../../main/contract/quick-line.ts';
import type { QuickLine } from '../../../main/contract/quick-line.ts';
import { nameOfWork } from '../../../main/contract/work-name.ts';
import { useCommands, useSettings } from '../../session-context.tsx';
import { text } from '../../text/en.ts';
import { Button } from '../../ui/button.tsx';
import { bindClasses } from '../../ui/class-names.ts';
import { Combobox } from '../../ui/combobox.tsx';
import { Field } from '../../ui/field.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { ParametersField, RareParameters } from './parameters/parameters-field.tsx';
import { calendarPolicyOf } from './calendars/calendar-form.ts';
import { FilledNote } from './pasting/filled-note.tsx';
import { useFormPaste } from './pasting/use-form-paste.ts';
import type { FormPaste } from './pasting/use-form-paste.ts';
import { workOf } from './form-reading.ts';
import { ScheduleField } from './schedule/schedule-field.tsx';
import { useSchedulePreview } from './schedule/use-schedule-preview.ts';
import type { TaskForm } from './task-form.ts';
import type { TaskEditorModel } from './use-task-editor.ts';
import styles from './task-editor.module.css';

const c = bindClasses(styles);

/** Fields for what the task runs, when, and its name. */
export function MainFields({ model }: { model: TaskEditorModel }) {
  const { form, whole, errors, change } = model;
  const preview = useSchedulePreview(whole.schedule, whole.timezone, calendarPolicyOf(whole));
  const paste = useFormPaste(form, change);
  return (
    <>
      <ToolField model={model} />
      <FilledNote title={text.editor.filled} notes={paste.notes} undo={paste.undo} />
      <Work model={model} paste={paste} />
      <ScheduleField
        value={whole.schedule}
        timezone={whole.timezone}
        preview={preview}
        error={errors.schedule}
        // What was typed before the command no longer counts.
        onChange={(schedule) => change(whole === form ? { schedule } : { ...whole, schedule })}
        onTakeLine={(line) => change(fromLine(line))}
        onPaste={paste.onPaste('schedule')}
      />
      <NameField model={model} />
      <RareParameters {...{ form, error: errors.parameters, onChange: change }} />
    </>
  );
}

/** Returns what a line of a crontab, typed as the schedule, changes in the form. */
function fromLine(line: QuickLine): Partial<TaskForm> {
  const { schedule, tool, parameters } = quickDraft(line);
  return { schedule, tool, parameters, parametersText: null };
}

/** The name. Without one, the task is named after what it runs. */
function NameField({ model: { form, whole, errors, change } }: { model: TaskEditorModel }) {
  const fallback = nameOfWork(whole.tool, workOf(whole));
  return (
    <Field
      label={text.editor.name}
      error={errors.name}
      hint={form.name.trim() === '' ? text.editor.nameHint(fallback) : undefined}
    >
      {(ids) => (
        <TextInput
          {...ids}
          placeholder={fallback === '' ? text.editor.namePlaceholder : fallback}
          value={form.name}
          onChange={(event) => change({ name: event.target.value })}
        />
      )}
    </Field>
  );
}

function ToolField({ model }: { model: TaskEditorModel }) {
  const { settings } = useCommands();
  const { tools, toolsFailure, unavailable } = useSettings((state) => state);
  useEffect(() => void settings.loadTools(), [settings]);
  const choices = useMemo(() => {
    const fromServers = (tools ?? []).filter(({ tool }) => !isBuiltIn(tool));
    return [...builtInTools, ...fromServers].map(({ tool, title, description }) => ({
      value: tool,
      detail: title || description,
    }));
  }, [tools]);
  const change = (tool: string) => model.change({ tool, parametersText: null });
  return (
    <Field
      label={text.editor.tool}
      error={model.errors.tool}
      hint={text.editor.toolHint(tools === null, toolsFailure, unavailable)}
    >
      {(ids) => <Combobox {...ids} value={model.form.tool} choices={choices} onChange={change} />}
    </Field>
  );
}

/** The parameters, which have the focus first, and again when a paste or its Undo changed them. */
function Work({ model, paste }: { model: TaskEditorModel; paste: FormPaste }) {
  const { form, typed, errors, change } = model;
  const tool = useSettings((state) => state.tools?.find((candidate) => candidate.tool === form.tool));
  return (
    <>
      <ParametersField
        key={paste.version}
        {...{ form, tool, error: errors.parameters, onChange: change }}
        around={form}
        onAround={change}
        autoFocus={paste.takesFocus}
        onPaste={paste.onPaste('command')}
      />
      <p role="status" className={c('hint')}>
        {typed !== null && text.editor.typedSchedule(typed)}
      </p>
      {isUrlAlone(form) && (
        <div>
          <Button size="small" icon={<Globe aria-hidden />} onClick={paste.takeCommand}>
            {text.editor.requestUrl}
          </Button>
        </div>
      )}
    </>
  );
}

const isUrlAlone = ({ tool, parameters: { command }, parametersText }: TaskForm): boolean =>
  tool === 'shell:run' && parametersText === null && typeof command === 'string' && isUrl(command.trim());
