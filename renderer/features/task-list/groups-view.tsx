import { useSchedule } from '../../session-context.tsx';
import { text } from '../../text/en.ts';
import { View } from '../../ui/view.tsx';
import { NoTasks } from '../moving-in/no-tasks.tsx';
import { TaskListView } from './task-list-view.tsx';

/** The list of tasks, or what to do while there are none. */
export function GroupsView() {
  const hasTasks = useSchedule((schedule) => schedule.tasks.length > 0);
  if (hasTasks) return <TaskListView />;
  return (
    <View title={text.shell.views.groups} scrolls={false}>
      <NoTasks />
    </View>
  );
}
