import { BadgeQuestionMark } from 'lucide-react';
import { useCommands, useSchedule } from '../../session-context.tsx';
import { text } from '../../text/en.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';

/** Shown in every view while a proposal is pending. */
export function WaitingBanner() {
  const waiting = useSchedule((schedule) => schedule.waiting.length);
  const { agents } = useCommands();
  if (waiting === 0) return null;
  const actions = (
    <Button size="small" onClick={() => agents.open()}>
      {text.agents.review}
    </Button>
  );
  return (
    <Banner tone="info" icon={<BadgeQuestionMark />} actions={actions}>
      <strong>{text.agents.waiting(waiting)}</strong> {text.agents.waitingHint}
    </Banner>
  );
}
