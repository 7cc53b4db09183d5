import { History, SearchX } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { useCommands, useExecutions, usePreferences, useSchedule } from '../../session-context.tsx';
import { text } from '../../text/en.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { optionsOf } from '../../ui/select.tsx';
import { FleetRunFilters, FleetRuns, useFleetQuery } from './fleet/fleet-runs.tsx';
import { Loading } from '../../ui/loading.tsx';
import { View } from '../../ui/view.tsx';
import { FirstStep } from '../moving-in/first-step.tsx';
import { ExecutionFilters } from './execution-filters.tsx';
import { ExecutionTable } from './execution-table.tsx';
import { VisitChips } from './visit/visit-chips.tsx';

/** The runs of this machine or, in a fleet, those of all its members. */
export function ExecutionsView() {
  const inFleet = useSchedule((schedule) => schedule.app.inFleet);
  const [scope, setScope] = useState<'here' | 'all'>('here');
  const [query, setQuery] = useFleetQuery();
  const scopes = inFleet && (
    <Segmented label={text.fleet.scope} value={scope} options={optionsOf(text.fleet.scopes)} onChange={setScope} />
  );
  if (!inFleet || scope === 'here') return <OwnRuns scopes={scopes} />;
  return (
    <View
      title={text.shell.views.executions}
      tools={
        <>
          {scopes}
          <FleetRunFilters query={query} onChange={setQuery} />
        </>
      }
      scrolls={false}
    >
      <FleetRuns query={query} />
    </View>
  );
}

/** @param scopes the switch to the runs of all members, if there is one */
function OwnRuns({ scopes }: { scopes: ReactNode }) {
  const { executions } = useCommands();
  const kept = usePreferences((state) => state.executionQuery);
  const visit = useExecutions((state) => state.visit);
  const query = visit ?? kept;
  const rows = useExecutions((state) => state.list.rows);
  const failure = useExecutions((state) => state.listFailure);
  const [isAsked, setAsked] = useState(false);
  // Until the first effect has run, the list is that of another page.
  const isReady = useExecutions((state) => state.listReady) && isAsked;
  const filtered = Object.keys(query).length > 0;
  // The list is fetched on every visit; events update it afterwards.
  useEffect(() => {
    setAsked(true);
    void executions.query(query);
  }, []);
  return (
    <View
      title={text.shell.views.executions}
      tools={
        <>
          {scopes}
          <ExecutionFilters query={query} />
        </>
      }
      scrolls={false}
    >
      {visit !== null && <VisitChips visit={visit} />}
      {failure !== null && rows.length === 0 ? (
        <EmptyState
          icon={<History />}
          title={text.executions.unreadable}
          actions={<Button onClick={() => void executions.query(query)}>{text.common.tryAgain}</Button>}
        >
          {failure}
        </EmptyState>
      ) : !isReady ? (
        <Loading />
      ) : rows.length > 0 ? (
        <ExecutionTable rows={rows} />
      ) : visit?.taskId !== undefined && Object.keys(visit).length === 1 ? (
        <NeverRan taskId={visit.taskId} />
      ) : filtered ? (
        <EmptyState
          icon={<SearchX />}
          title={text.executions.nothingFound}
          actions={<Button onClick={() => void executions.clear()}>{text.executions.clearFilters}</Button>}
        >
          {text.executions.nothingFoundHint}
        </EmptyState>
      ) : (
        <EmptyState icon={<History />} title={text.executions.empty} actions={<FirstStep />}>
          {text.executions.emptyHint}
        </EmptyState>
      )}
    </View>
  );
}

/** Shown for the runs of one task that has none. */
function NeverRan({ taskId }: { taskId: string }) {
  const { tasks } = useCommands();
  const task = useSchedule((schedule) => schedule.tasks.find(({ id }) => id === taskId));
  if (task === undefined) {
    return <EmptyState icon={<History />} title={text.executions.nothingFound} />;
  }
  return (
    <EmptyState
      icon={<History />}
      title={text.executions.neverRan(task.name)}
      actions={<Button onClick={() => void tasks.runNow(task)}>{text.tasks.runNow}</Button>}
    >
      {text.executions.neverRanHint}
    </EmptyState>
  );
}
