import { useNavigation } from '../../session-context.tsx';
import { ActivityView } from '../activity/activity-view.tsx';
import { ExecutionView } from '../executions/execution-view.tsx';
import { ExecutionsView } from '../executions/executions-view.tsx';
import { GroupPageView } from '../group-page/group-page-view.tsx';
import { GroupsView } from '../task-list/groups-view.tsx';
import { InsightsView } from '../insights/insights-view.tsx';
import { MachinesView } from '../machines/machines-view.tsx';
import { OverviewView } from '../overview/overview-view.tsx';
import { OthersView } from '../others/others-view.tsx';
import { TaskPageView } from '../task-page/task-page-view.tsx';
import { TimelineView } from '../timeline/timeline-view.tsx';
import { SettingsView } from '../settings/settings-view.tsx';

export function CurrentView() {
  const route = useNavigation((state) => state.route);
  switch (route.view) {
    case 'activity':
      return <ActivityView />;
    case 'insights':
      return <InsightsView />;
    case 'others':
      return <OthersView />;
    case 'timeline':
      return <TimelineView />;
    case 'overview':
      return <OverviewView />;
    case 'groups':
      return <GroupsView />;
    case 'task':
      return <TaskPageView key={route.taskId} taskId={route.taskId} tab={route.tab} slot={route.slot} />;
    case 'group':
      return <GroupPageView key={route.timingId} timingId={route.timingId} />;
    case 'executions':
      return <ExecutionsView />;
    case 'execution':
      return <ExecutionView key={route.executionId} executionId={route.executionId} line={route.line} />;
    case 'machines':
      return <MachinesView />;
    case 'settings':
      return <SettingsView />;
  }
}
