import { ChefHat, Layers } from 'lucide-react';
import { useCommands, useSchedule } from '../../session-context.tsx';
import { text } from '../../text/en.ts';
import { Button } from '../../ui/button.tsx';

/** What to do next in a view that has nothing to show yet: make the first task, or choose one of the tasks. */
export function FirstStep() {
  const { navigation, recipes } = useCommands();
  const hasTasks = useSchedule((schedule) => schedule.tasks.length > 0);
  const isReadOnly = useSchedule((schedule) => schedule.store.state === 'read-only');
  if (isReadOnly) return null;
  return hasTasks ? (
    <Button look="primary" icon={<Layers aria-hidden />} onClick={() => navigation.go({ view: 'groups' })}>
      {text.groups.chooseTask}
    </Button>
  ) : (
    <Button look="primary" icon={<ChefHat aria-hidden />} onClick={() => recipes.open(null)}>
      {text.recipes.title}
    </Button>
  );
}
