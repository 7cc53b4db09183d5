import { useEffect, useMemo, useState } from 'react';
import { useSchedule, useSession } from '../../session-context.tsx';
import { text } from '../../text/en.ts';
import { Picker } from '../../ui/picker.tsx';
import { SearchBox } from '../../ui/search-box.tsx';
import { whoOf, type Who } from './authors.ts';
import type { ActivityQuery } from './use-activity.ts';

const words = text.activity;
/** Waits for a pause in typing, so that not every letter searches all changes. */
const TYPING_PAUSE_MS = 200;
const anyone = { value: '', label: words.anyone };
const anyTask = { value: '', label: words.anyTask };

interface FiltersProps {
  query: ActivityQuery;
  onChange: (query: ActivityQuery) => void;
}

export function ActivityFilters({ query, onChange }: FiltersProps) {
  const change = (fields: { [K in keyof ActivityQuery]: ActivityQuery[K] | undefined }) => {
    const all = Object.entries({ ...query, ...fields });
    onChange(Object.fromEntries(all.filter(([, value]) => value !== undefined)));
  };
  return (
    <>
      <WordFilter value={query.words ?? ''} onChange={(typed) => change({ words: typed === '' ? undefined : typed })} />
      <WhoFilter authors={query.authors} onChange={(authors) => change({ authors })} />
      <TaskFilter value={query.taskId ?? ''} onChange={(id) => change({ taskId: id === '' ? undefined : id })} />
    </>
  );
}

function WordFilter({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  useEffect(() => {
    const wanted = typed.trim();
    if (wanted === value) return undefined;
    const timer = setTimeout(() => onChange(wanted), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return <SearchBox label={words.search} value={typed} onChange={setTyped} />;
}

interface WhoFilterProps {
  authors: readonly string[] | undefined;
  onChange: (authors: string[] | undefined) => void;
}

function WhoFilter({ authors, onChange }: WhoFilterProps) {
  const { call } = useSession();
  const [options, setOptions] = useState<Who[]>([]);
  useEffect(() => {
    let gone = false;
    call('history.authors', {}).then(
      (answer) => !gone && setOptions(whoOf(answer.authors)),
      // The list below shows why the ledger cannot be read.
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, [call, authors]);
  const chosen = options.find((option) => option.authors.join() === authors?.join());
  const pick = (value: string) => {
    const who = options.find((option) => option.value === value);
    onChange(who === undefined ? undefined : [...who.authors]);
  };
  return <Picker label={words.who} value={chosen?.value ?? ''} options={options} none={anyone} onChange={pick} />;
}

function TaskFilter({ value, onChange }: { value: string; onChange: (taskId: string) => void }) {
  const tasks = useSchedule((schedule) => schedule.tasks);
  const options = useMemo(() => {
    const all = tasks.map(({ id, name, tool }) => ({ value: id, label: name, detail: tool }));
    return all.sort((a, b) => (a.label < b.label ? -1 : 1));
  }, [tasks]);
  return <Picker label={words.task} value={value} options={options} none={anyTask} onChange={onChange} />;
}
