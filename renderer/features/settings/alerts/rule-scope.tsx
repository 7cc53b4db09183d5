import { X } from 'lucide-react';
import { useMemo } from 'react';
import { useSchedule } from '../../../session-context.tsx';
import { text } from '../../../text/en.ts';
import { bindClasses } from '../../../ui/class-names.ts';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Picker, type PickerOption } from '../../../ui/picker.tsx';
import type { RuleValues } from './rule-form.ts';
import styles from './alerts.module.css';

const c = bindClasses(styles);
const words = text.alerts;
const nothing: PickerOption = { value: '', label: words.addTask };

type Scope = Pick<RuleValues, 'tasks' | 'groups'>;

/** Chooses the tasks and groups that a rule is for. One that was deleted is still listed, so that it can be taken out. */
export function RuleScope({ tasks, groups, onChange }: Scope & { onChange: (scope: Partial<Scope>) => void }) {
  const labels = useScopeLabels();
  const options = useMemo(() => optionsOf(labels, { tasks, groups }), [labels, tasks, groups]);
  const add = (value: string) => {
    if (value.startsWith('task:')) onChange({ tasks: [...tasks, value.slice('task:'.length)] });
    if (value.startsWith('group:')) onChange({ groups: [...groups, value.slice('group:'.length)] });
  };
  const row = (kind: keyof Scope, id: string) => (
    <li key={`${kind}:${id}`} className={c('choice')}>
      <span className={c('chosen')}>{labels[kind].get(id) ?? words.gone(id)}</span>
      <IconButton
        label={words.takeOut(labels[kind].get(id) ?? id)}
        icon={<X aria-hidden />}
        onClick={() => onChange({ [kind]: (kind === 'tasks' ? tasks : groups).filter((each) => each !== id) })}
      />
    </li>
  );
  return (
    <fieldset className={c('scope')}>
      <legend>{words.ruleTasks}</legend>
      <ul>
        {tasks.map((id) => row('tasks', id))}
        {groups.map((id) => row('groups', id))}
      </ul>
      <Picker label={words.ruleTasks} value="" options={options} none={nothing} onChange={add} />
    </fieldset>
  );
}

export interface ScopeLabels {
  readonly tasks: ReadonlyMap<string, string>;
  readonly groups: ReadonlyMap<string, string>;
}

/** Returns what people call tasks and groups, by id. */
export function useScopeLabels(): ScopeLabels {
  const tasks = useSchedule((schedule) => schedule.tasks);
  const timings = useSchedule((schedule) => schedule.timings);
  return useMemo(
    () => ({
      tasks: new Map(tasks.map(({ id, name }) => [id, name])),
      groups: new Map(timings.map(({ id, sentence }) => [id, words.group(sentence)])),
    }),
    [tasks, timings],
  );
}

function optionsOf(labels: ScopeLabels, chosen: Scope): PickerOption[] {
  const options = (kind: keyof Scope, prefix: string) =>
    [...labels[kind]]
      .filter(([id]) => !chosen[kind].includes(id))
      .map(([id, label]) => ({ value: `${prefix}:${id}`, label }));
  return [...options('tasks', 'task'), ...options('groups', 'group')].sort((a, b) => a.label.localeCompare(b.label));
}
