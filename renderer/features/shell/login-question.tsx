import { Power } from 'lucide-react';
import { useCommands, useSchedule, useSettings } from '../../session-context.tsx';
import { text } from '../../text/en.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';

/** Asks once, when the first task exists, whether to start at login. The answer is saved in the settings. */
export function LoginQuestion() {
  const { settings: commands } = useCommands();
  const unanswered = useSettings(({ settings }) => settings !== null && settings.startAtLogin === undefined);
  const hasTasks = useSchedule((schedule) => schedule.tasks.length > 0);
  if (!unanswered || !hasTasks) return null;
  const answer = (startAtLogin: boolean) => () => void commands.change({ startAtLogin });
  const actions = (
    <>
      <Button size="small" onClick={answer(true)}>
        {text.desktop.startAtLogin}
      </Button>
      <Button size="small" onClick={answer(false)}>
        {text.desktop.notAtLogin}
      </Button>
    </>
  );
  return (
    <Banner tone="info" icon={<Power />} actions={actions}>
      {text.desktop.askStartAtLogin}
    </Banner>
  );
}
