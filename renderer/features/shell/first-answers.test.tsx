import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { SessionContext } from '../../session-context.tsx';
import type { Session } from '../../session.ts';
import { connect, settle, withFakeTime, type Connected } from '../../testing/connected-window.ts';
import { text } from '../../text/en.ts';
import { ClockProvider } from '../../ui/clock.tsx';
import { ActivityView } from '../activity/activity-view.tsx';
import { ExecutionView } from '../executions/execution-view.tsx';
import { ExecutionsView } from '../executions/executions-view.tsx';
import { HistoryList } from '../history/history-list.tsx';
import { InsightsView } from '../insights/insights-view.tsx';
import { LogEmptiness } from '../logs/log-remarks.tsx';
import { OthersView } from '../others/others-view.tsx';
import { StripCard } from '../overview/strip-card.tsx';
import { LogTab } from '../task-page/tabs/log-tab.tsx';
import { RunsTab } from '../task-page/tabs/runs-tab.tsx';

withFakeTime();

const unreadLog = { failure: null, count: 0, rows: 0, complete: false, isRunning: false };

const views: readonly [string, ReactNode][] = [
  ['Runs', <ExecutionsView />],
  ['a run', <ExecutionView executionId="run-1" />],
  ['its log', <LogEmptiness {...unreadLog} />],
  ['Activity', <ActivityView />],
  ['Insights', <InsightsView />],
  ['Also on this machine', <OthersView />],
  ['the runs of a task', <RunsTab taskId="task-1" />],
  ['the log of a task', <LogTab executionId={null} isKnown={false} />],
  ['the history of a task', <HistoryList taskId="task-1" />],
  ['the last 14 days', <StripCard />],
];

/** Says of a view what is only true once an answer has come. */
const emptiness = [
  ...[text.executions.empty, text.executions.nothingFound, text.executions.unknown, text.activity.empty],
  ...[text.insights.empty, text.others.empty, text.taskPage.noRun, text.history.empty, text.log.empty],
  ...[text.log.waiting, text.overview.stripSummary(0, 0)],
];

/** Returns the stores as rendering without a page reads them: as they are, not as they began. */
function shownStores({ stores }: Connected) {
  const entries = Object.entries<{ readonly getState: unknown }>({ ...stores });
  return Object.fromEntries(entries.map(([name, store]) => [name, { ...store, getInitialState: store.getState }]));
}

// Without a page no effect runs, and effects ask: this is what a person sees until the answer.
test('no view says that it is empty before its first answer', async () => {
  const window = await connect('typical');
  await settle();
  const session = { ...window, stores: shownStores(window), machine: null } as unknown as Session;
  for (const [name, view] of views) {
    const shown = renderToStaticMarkup(
      <ClockProvider>
        <SessionContext value={session}>{view}</SessionContext>
      </ClockProvider>,
    );
    expect.soft(shown, name).toContain('aria-busy="true"');
    expect
      .soft(
        emptiness.filter((words) => shown.includes(words)),
        name,
      )
      .toEqual([]);
  }
});
