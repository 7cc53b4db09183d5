import { ChefHat, FileWarning, Layers } from 'lucide-react';
import { useCommands, useSchedule } from '../../session-context.tsx';
import { text } from '../../text/en.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FoundElsewhereCard } from './found-elsewhere.tsx';

/** Shown for an unreadable file, which must not look like an empty schedule. */
export function NoTasks() {
  const unreadable = useSchedule((schedule) => schedule.store.state === 'read-only');
  return unreadable ? <UnreadableTasks /> : <FirstTask />;
}

function UnreadableTasks() {
  return (
    <EmptyState icon={<FileWarning />} title={text.groups.unreadable}>
      {text.groups.unreadableHint}
    </EmptyState>
  );
}

function FirstTask() {
  const { navigation, recipes } = useCommands();
  const examples = text.groups.examples.map((phrase) => (
    <Button key={phrase} size="small" onClick={() => navigation.openEditor({ kind: 'new', schedule: phrase })}>
      {phrase}
    </Button>
  ));
  return (
    <EmptyState
      icon={<Layers />}
      title={text.groups.empty}
      actions={[
        <Button
          key="recipes"
          size="small"
          look="primary"
          icon={<ChefHat aria-hidden />}
          onClick={() => recipes.open(null)}
        >
          {text.recipes.title}
        </Button>,
        ...examples,
        <Button key="agent" size="small" look="quiet" onClick={() => navigation.setConnect(true)}>
          {text.connectAgent.button}
        </Button>,
        <FoundElsewhereCard key="found" />,
      ]}
    >
      {text.groups.emptyHint}
    </EmptyState>
  );
}
