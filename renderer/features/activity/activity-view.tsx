import { Archive, CircleAlert, ListChecks, SearchX } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useCommands } from '../../session-context.tsx';
import { text } from '../../text/en.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Loading } from '../../ui/loading.tsx';
import { View } from '../../ui/view.tsx';
import { FirstStep } from '../moving-in/first-step.tsx';
import { ActivityFilters } from './activity-filters.tsx';
import { ActivityList } from './activity-list.tsx';
import { entriesOf } from './entries.ts';
import { useActivity, type ActivityQuery } from './use-activity.ts';

const words = text.activity;
const everything: ActivityQuery = {};

/** Who changed what, and when, across tasks and settings; most changes can be undone. */
export function ActivityView() {
  const { navigation } = useCommands();
  const [query, setQuery] = useState<ActivityQuery>(everything);
  const { loaded, failure, again, more } = useActivity(query);
  const entries = useMemo(() => entriesOf(loaded?.changes ?? []), [loaded]);
  const tools = (
    <>
      <ActivityFilters query={query} onChange={setQuery} />
      <Button icon={<Archive aria-hidden />} onClick={() => navigation.openHistory({ kind: 'backups' })}>
        {text.backups.open}
      </Button>
    </>
  );
  return (
    <View title={text.shell.views.activity} tools={tools} scrolls={false}>
      {failure !== null ? (
        <EmptyState
          icon={<CircleAlert />}
          title={words.unreadable}
          actions={<Button onClick={again}>{text.common.tryAgain}</Button>}
        >
          {failure}
        </EmptyState>
      ) : loaded === null ? (
        <Loading />
      ) : entries.length > 0 ? (
        <ActivityList entries={entries} isComplete={loaded.isComplete} onEnd={more} onUndone={again} />
      ) : Object.keys(query).length > 0 ? (
        <EmptyState
          icon={<SearchX />}
          title={words.nothingFound}
          actions={<Button onClick={() => setQuery(everything)}>{words.clearFilters}</Button>}
        >
          {words.nothingFoundHint}
        </EmptyState>
      ) : (
        <EmptyState icon={<ListChecks />} title={words.empty} actions={<FirstStep />}>
          {words.emptyHint}
        </EmptyState>
      )}
    </View>
  );
}
