import { Tabs } from 'radix-ui';
import type { TaskView } from '../../../../main/contract/task.ts';
import type { TaskReport } from '../../../../main/contract/task-report.ts';
import { useCommands } from '../../../session-context.tsx';
import { taskPage, taskTabs } from '../../../stores/route.ts';
import type { TaskTab } from '../../../stores/route.ts';
import { text } from '../../../text/en.ts';
import { bindClasses } from '../../../ui/class-names.ts';
import { EnvironmentTab } from './environment-tab.tsx';
import { HistoryTab } from './history-tab.tsx';
import { LogTab } from './log-tab.tsx';
import { RunsTab } from './runs-tab.tsx';
import { ScheduleTab } from './schedule-tab.tsx';
import styles from '../task-page.module.css';

const c = bindClasses(styles);

interface TaskTabsProps {
  task: TaskView;
  tab: TaskTab;
  slot: string | null;
  /** Null until it has arrived. */
  report: TaskReport | null;
}

/** The parts of the page. The tab is part of the address, so that back and forward work. */
export function TaskTabs({ task, tab, slot, report }: TaskTabsProps) {
  const { navigation } = useCommands();
  const choose = (chosen: string) => {
    const found = taskTabs.find((candidate) => candidate === chosen);
    if (found !== undefined) navigation.go(taskPage(task.id, found));
  };
  const lastRun = report?.strip.findLast((entry) => entry.kind === 'run')?.executionId ?? task.lastExecutionId ?? null;
  return (
    <Tabs.Root className={c('tabs')} value={tab} onValueChange={choose} activationMode="manual">
      <Tabs.List className={c('tabList')} aria-label={text.taskPage.tabList}>
        {taskTabs.map((each) => (
          <Tabs.Trigger key={each} value={each} className={c('tab')}>
            {text.taskPage.tabs[each]}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      <Tabs.Content value="runs" className={c('panel')}>
        <RunsTab taskId={task.id} />
      </Tabs.Content>
      <Tabs.Content value="log" className={c('panel')}>
        <LogTab executionId={lastRun} isKnown={report !== null} />
      </Tabs.Content>
      <Tabs.Content value="schedule" className={c('panel')}>
        <ScheduleTab task={task} slot={slot} />
      </Tabs.Content>
      <Tabs.Content value="history" className={c('panel')}>
        <HistoryTab task={task} />
      </Tabs.Content>
      <Tabs.Content value="environment" className={c('panel')}>
        <EnvironmentTab task={task} executionId={lastRun} />
      </Tabs.Content>
    </Tabs.Root>
  );
}
