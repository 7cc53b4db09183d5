import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { useCommands, usePreferences } from '../../../session-context.tsx';
import { hasFilter, isSameView } from '../../../stores/task-list/list-view.ts';
import type { ListFilter, TaskListView } from '../../../stores/task-list/list-view.ts';
import { text } from '../../../text/en.ts';
import { Button } from '../../../ui/button.tsx';
import { bindClasses } from '../../../ui/class-names.ts';
import { Dialog, DialogBody, DialogFooter } from '../../../ui/dialog.tsx';
import { Field } from '../../../ui/field.tsx';
import { PlainChip, TagChip } from '../../../ui/tag-chip.tsx';
import { TextInput } from '../../../ui/text-input.tsx';
import styles from './filter-row.module.css';

const c = bindClasses(styles);
const words = text.taskList;

interface FilterRowProps {
  readonly view: TaskListView;
  readonly shown: number;
  readonly total: number;
}

/** The saved views, the filters in use, and how many tasks they leave. */
export function FilterRow({ view, shown, total }: FilterRowProps) {
  const saved = usePreferences((state) => state.savedViews);
  const isFiltered = hasFilter(view.filter);
  const isSaved = saved.some((each) => isSameView(each.view, view));
  const canSave = !isSaved && (isFiltered || view.by !== 'schedule' || view.sort !== null);
  return (
    <div className={c('row')}>
      {saved.length > 0 && <SavedViews view={view} />}
      {isFiltered && <Chips filter={view.filter} />}
      {canSave && <SaveView />}
      <span className={c('count')} role="status">
        {words.count(shown, total)}
      </span>
    </div>
  );
}

function SavedViews({ view }: { view: TaskListView }) {
  const { list } = useCommands();
  const saved = usePreferences((state) => state.savedViews);
  return (
    <div className={c('views')} role="group" aria-label={words.views.region}>
      {saved.map((each) => {
        const isShown = isSameView(each.view, view);
        return (
          <span key={each.name} className={c('view', isShown && 'shown')}>
            <button type="button" className={c('show')} aria-pressed={isShown} onClick={() => list.show(each.view)}>
              {each.name}
            </button>
            <button
              type="button"
              className={c('remove')}
              aria-label={words.views.remove(each.name)}
              title={words.views.remove(each.name)}
              onClick={() => list.removeView(each.name)}
            >
              <X aria-hidden />
            </button>
          </span>
        );
      })}
    </div>
  );
}

/** The filters in use, each with a button that removes it. */
function Chips({ filter }: { filter: ListFilter }) {
  const { list } = useCommands();
  const without = <T,>(values: readonly T[], value: T) => values.filter((each) => each !== value);
  const remove = (name: string, change: Partial<ListFilter>) => ({
    label: words.removeFilter(name),
    run: () => list.filter(change),
  });
  const typed = filter.words.trim();
  return (
    <div className={c('chips')} role="group" aria-label={words.filters}>
      {typed !== '' && <PlainChip onRemove={remove(typed, { words: '' })}>{words.words(typed)}</PlainChip>}
      {filter.statuses.map((status) => (
        <PlainChip
          key={status}
          onRemove={remove(words.statuses[status], { statuses: without(filter.statuses, status) })}
        >
          {words.statuses[status]}
        </PlainChip>
      ))}
      {filter.tags.map((tag) => (
        <TagChip key={tag} tag={tag} onRemove={remove(tag, { tags: without(filter.tags, tag) })} />
      ))}
      {filter.tools.map((tool) => (
        <PlainChip key={tool} onRemove={remove(tool, { tools: without(filter.tools, tool) })}>
          {tool}
        </PlainChip>
      ))}
      <Button look="quiet" size="small" onClick={() => list.clearFilter()}>
        {words.clearFilters}
      </Button>
    </div>
  );
}

function SaveView() {
  const { list } = useCommands();
  const [name, setName] = useState<string | null>(null);
  const close = () => setName(null);
  const isEmpty = (name ?? '').trim() === '';
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (isEmpty) return;
    list.saveView((name ?? '').trim());
    close();
  };
  return (
    <>
      <Button look="quiet" size="small" icon={<Plus aria-hidden />} onClick={() => setName('')}>
        {words.views.save}
      </Button>
      {name !== null && (
        <Dialog title={words.views.title} width="narrow" onDismiss={close}>
          <form onSubmit={save}>
            <DialogBody>
              <div className={c('form')}>
                <Field label={words.views.name} hint={words.views.hint}>
                  {(ids) => (
                    <TextInput {...ids} autoFocus value={name} onChange={(event) => setName(event.target.value)} />
                  )}
                </Field>
              </div>
            </DialogBody>
            <DialogFooter>
              <Button onClick={close}>{text.common.cancel}</Button>
              <Button look="primary" type="submit" disabled={isEmpty}>
                {text.common.save}
              </Button>
            </DialogFooter>
          </form>
        </Dialog>
      )}
    </>
  );
}
