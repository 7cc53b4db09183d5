import { useEffect, useMemo } from 'react';
import { builtInTools, isBuiltIn } from '../../../main/contract/built-in/tools.ts';
import { quickDraft } from '../../../main/contract/quick-line.ts';
import type { QuickLine } from '../../../main/contract/quick-line.ts';
import { useCommands, useSettings } from '../../session-context.tsx';
import { text } from '../../text/en.ts';
import { Combobox } from '../../ui/combobox.tsx';
import { Field } from '../../ui/field.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { ParametersField } from './parameters/parameters-field.tsx';
import { calendarPolicyOf } from './calendars/calendar-form.ts';
import { ScheduleField } from './schedule/schedule-field.tsx';
import { useSchedulePreview } from './schedule/use-schedule-preview.ts';
import type { TaskForm } from './task-form.ts';
import type { TaskEditorModel } from './use-task-editor.ts';

/** Fields for what the task runs and when. */
export function MainFields({ model }: { model: TaskEditorModel }) {
  const { form, errors, change } = model;
  const preview = useSchedulePreview(form.schedule, form.timezone, calendarPolicyOf(form));
  return (
    <>
      <Field label={text.editor.name} error={errors.name}>
        {(ids) => (
          <TextInput
            {...ids}
            autoFocus
            placeholder={text.editor.namePlaceholder}
            value={form.name}
            onChange={(event) => change({ name: event.target.value })}
          />
        )}
      </Field>
      <ScheduleField
        value={form.schedule}
        timezone={form.timezone}
        preview={preview}
        error={errors.schedule}
        onChange={(schedule) => change({ schedule })}
        onTakeLine={(line) => change(fromLine(form, line))}
      />
      <ToolField model={model} />
      <Parameters model={model} />
    </>
  );
}

/** Returns what a line of a crontab, typed as the schedule, changes in the form. */
function fromLine(form: TaskForm, line: QuickLine): Partial<TaskForm> {
  const { name, schedule, tool, parameters } = quickDraft(line);
  return { name: form.name.trim() === '' ? name : form.name, schedule, tool, parameters, parametersText: null };
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

function Parameters({ model }: { model: TaskEditorModel }) {
  const { form, errors, change } = model;
  const tool = useSettings((state) => state.tools?.find((candidate) => candidate.tool === form.tool));
  return (
    <ParametersField {...{ form, tool, error: errors.parameters, onChange: change }} around={form} onAround={change} />
  );
}
