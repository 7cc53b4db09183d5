import { CircleAlert, MonitorCheck, RefreshCw, SearchX } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { OtherJob, OtherJobs, OtherPlace } from '../../../main/contract/other-jobs.ts';
import type { OpenedImport } from '../../commands/transfer-commands.ts';
import { useCommands, useSession } from '../../session-context.tsx';
import { text } from '../../text/en.ts';
import { Button } from '../../ui/button.tsx';
import { bindClasses } from '../../ui/class-names.ts';
import { Disclosure } from '../../ui/disclosure.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Loading } from '../../ui/loading.tsx';
import { SearchBox } from '../../ui/search-box.tsx';
import { Select } from '../../ui/select.tsx';
import { View } from '../../ui/view.tsx';
import { ImportDialog } from '../settings/import-dialog.tsx';
import { JobDetails } from './job-details.tsx';
import { matchingJobs } from './job-filter.ts';
import { OthersTable } from './others-table.tsx';
import styles from './others.module.css';

const c = bindClasses(styles);
const words = text.others;

/** Lists what the other schedulers of this machine run. Read-only, but for the buttons that move a job in. */
export function OthersView() {
  const { stores } = useSession();
  const { others } = useCommands();
  const { answer, isLoading, failure } = useStore(stores.others);
  const [typed, setTyped] = useState('');
  const [place, setPlace] = useState<OtherPlace | 'any'>('any');
  useEffect(() => void others.load(), [others]);
  const jobs = useMemo(
    () => matchingJobs(answer?.jobs ?? [], { words: typed, place: place === 'any' ? null : place }),
    [answer, typed, place],
  );
  const tools = (
    <>
      <SearchBox label={words.search} value={typed} onChange={setTyped} />
      <Select
        aria-label={words.place}
        compact
        value={place}
        options={placesOf(answer?.jobs ?? [])}
        onChange={setPlace}
      />
      <Button icon={<RefreshCw aria-hidden />} disabled={isLoading} onClick={() => void others.load()}>
        {words.again}
      </Button>
    </>
  );
  const clear = () => {
    setTyped('');
    setPlace('any');
  };
  return (
    <View title={text.shell.views.others} tools={tools} scrolls={false}>
      <p className={c('intro')}>{words.hint}</p>
      {answer !== null && <Unread unread={answer.unread} />}
      {answer === null ? (
        <NotThere failure={failure} />
      ) : jobs.length > 0 ? (
        <Jobs jobs={jobs} />
      ) : answer.jobs.length > 0 ? (
        <EmptyState
          icon={<SearchX />}
          title={words.nothingFound}
          actions={<Button onClick={clear}>{words.clearFilters}</Button>}
        >
          {words.nothingFoundHint}
        </EmptyState>
      ) : (
        <EmptyState icon={<MonitorCheck />} title={words.empty}>
          {words.emptyHint}
        </EmptyState>
      )}
    </View>
  );
}

/** The table, with the dialogs that a row opens one after the other. */
function Jobs({ jobs }: { jobs: readonly OtherJob[] }) {
  const { others, transfer } = useCommands();
  const [shown, setShown] = useState<OtherJob | null>(null);
  const [opened, setOpened] = useState<{ import: OpenedImport; source: string; moves: boolean } | null>(null);
  const importIt = async ({ import: how }: OtherJob) => {
    if (how === null) return;
    const answer = await transfer.open(how.kind);
    setShown(null);
    if (answer !== null) setOpened({ import: answer, source: how.source, moves: how.moves });
  };
  const closeImport = () => {
    setOpened(null);
    void others.load();
  };
  return (
    <>
      <OthersTable jobs={jobs} onOpen={setShown} />
      {shown !== null && (
        <JobDetails job={shown} onImport={() => void importIt(shown)} onClose={() => setShown(null)} />
      )}
      {opened !== null && (
        <ImportDialog opened={opened.import} moves={opened.moves} only={opened.source} onClose={closeImport} />
      )}
    </>
  );
}

function NotThere({ failure }: { failure: string | null }) {
  const { others } = useCommands();
  if (failure === null) return <Loading label={words.loading} />;
  return (
    <EmptyState
      icon={<CircleAlert />}
      title={words.unreadable}
      actions={<Button onClick={() => void others.load()}>{text.common.tryAgain}</Button>}
    >
      {failure}
    </EmptyState>
  );
}

function Unread({ unread }: Pick<OtherJobs, 'unread'>) {
  if (unread.length === 0) return null;
  return (
    <div className={c('unread')}>
      <Disclosure title={words.unread(unread.length)}>
        <ul className={c('unreadList')}>
          {unread.map(({ place, what, reason }) => (
            <li key={`${place} ${what} ${reason}`}>
              <strong>{words.places[place]}</strong> <code>{what}</code> {reason}
            </li>
          ))}
        </ul>
      </Disclosure>
    </div>
  );
}

function placesOf(jobs: readonly OtherJob[]): { value: OtherPlace | 'any'; label: string }[] {
  const there = new Set(jobs.map(({ place }) => place));
  return [
    { value: 'any', label: words.anyPlace },
    ...[...there].map((value) => ({ value, label: words.places[value] })),
  ];
}
