import { X } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useSchedule } from '../../../session-context.tsx';
import type { EditorPurpose } from '../../../stores/navigation-store.ts';
import { text } from '../../../text/en.ts';
import { bindClasses } from '../../../ui/class-names.ts';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Picker } from '../../../ui/picker.tsx';
import type { PickerOption } from '../../../ui/picker.tsx';
import { optionsOf, Select } from '../../../ui/select.tsx';
import { afterWords, circleWith, followersOf } from '../../chains/links.ts';
import type { ChainLink } from '../../chains/links.ts';
import type { TaskEditorModel } from '../use-task-editor.ts';
import { Section } from './section.tsx';
import styles from '../../chains/chains.module.css';

const c = bindClasses(styles);
const words = text.chains;
const nothing: PickerOption = { value: '', label: words.add };

interface ChainFieldsProps {
  model: TaskEditorModel;
  purpose: EditorPurpose;
}

/** After which other tasks a task runs too. A choice by which it would run after itself is refused with the path. */
export function ChainFields({ model, purpose }: ChainFieldsProps) {
  const { form, errors, change } = model;
  const tasks = useSchedule((schedule) => schedule.tasks);
  const [refusal, setRefusal] = useState<string | null>(null);
  const taskId = purpose.kind === 'edit' ? purpose.taskId : '';
  const nameOf = (id: string) => tasks.find((task) => task.id === id)?.name;
  const options = useMemo(() => optionsFor(tasks, form.after, taskId), [tasks, form.after, taskId]);
  const followers = useMemo(() => followersOf(taskId, tasks).map(({ task }) => task.name), [tasks, taskId]);
  const set = (after: readonly ChainLink[]) => {
    setRefusal(null);
    change({ after });
  };
  const add = (chosen: string) => {
    if (chosen === nothing.value) return;
    const path = circleWith({ id: taskId, name: form.name }, chosen, tasks);
    if (path === null) set([...form.after, { taskId: chosen, on: 'success' }]);
    else setRefusal(words.circle(path));
  };
  const error = refusal ?? errors.after;
  return (
    <Section
      model={model}
      name="chain"
      title={words.section}
      summary={form.after.length === 0 ? words.none : afterWords(form.after, nameOf)}
    >
      <div className={c('links')}>
        <p className={c('hint')}>{words.hint}</p>
        {form.after.map((link, index) => (
          <Link
            key={index}
            link={link}
            name={nameOf(link.taskId) ?? words.gone}
            onChange={(changed) => set(form.after.map((old, at) => (at === index ? changed : old)))}
            onRemove={() => set(form.after.filter((_, at) => at !== index))}
          />
        ))}
        <div>
          <Picker label={words.addLabel} value="" options={options} none={nothing} onChange={add} />
        </div>
        {error !== undefined && (
          <p className={c('error')} role="alert">
            {error}
          </p>
        )}
        {followers.length > 0 && (
          <p className={c('hint')}>
            {words.followedBy}: {followers.join(', ')}
          </p>
        )}
        {form.after.length > 0 && <p className={c('hint')}>{words.values}</p>}
      </div>
    </Section>
  );
}

interface LinkProps {
  link: ChainLink;
  name: string;
  onChange: (link: ChainLink) => void;
  onRemove: () => void;
}

function Link({ link, name, onChange, onRemove }: LinkProps) {
  return (
    <div className={c('link')} role="group" aria-label={name}>
      <span className={c('name')} title={name} dir="auto">
        {name}
      </span>
      <Select
        aria-label={words.when(name)}
        value={link.on}
        options={optionsOf(words.on)}
        onChange={(on) => onChange({ ...link, on })}
      />
      <IconButton label={words.remove(name)} icon={<X aria-hidden />} onClick={onRemove} />
    </div>
  );
}

/** Lists the tasks that can be added: all others, by name. The schedule tells apart those with the same name. */
function optionsFor(
  tasks: readonly { id: string; name: string; tool: string }[],
  after: readonly ChainLink[],
  taskId: string,
): PickerOption[] {
  const taken = new Set([taskId, ...after.map((link) => link.taskId)]);
  return tasks
    .filter(({ id }) => !taken.has(id))
    .map(({ id, name, tool }) => ({ value: id, label: name, detail: tool }))
    .sort((a, b) => a.label.localeCompare(b.label));
}
