import { Sparkles } from 'lucide-react';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { useSchedule, useSession } from '../../session-context.tsx';
import { text } from '../../text/en.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { WhatsNewButton } from './whats-new-button.tsx';

/** Offers the notes of a new version, once after an update and not at the first start. */
export function UpdatedBanner() {
  const { preferences } = useSession().stores;
  const version = useSchedule(({ app }) => app.version);
  const seen = useStore(preferences, ({ versionSeen }) => versionSeen);
  const markSeen = () => preferences.setState({ versionSeen: version });
  useEffect(() => {
    if (seen === null) preferences.setState({ versionSeen: version });
  }, [preferences, seen, version]);
  if (seen === null || seen === version) return null;
  const actions = (
    <>
      <WhatsNewButton version={version} onClosed={markSeen} />
      <Button size="small" look="quiet" onClick={markSeen}>
        {text.common.close}
      </Button>
    </>
  );
  return (
    <Banner tone="info" icon={<Sparkles />} actions={actions}>
      {text.whatsNew.updated(version)}
    </Banner>
  );
}
