import { ArrowRightLeft } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useCommands } from '../../session-context.tsx';
import { text } from '../../text/en.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';

/** Offers to replace the OS entries of ncp, which still fire after its tasks were imported. */
export function LegacyBanner() {
  const { history } = useCommands();
  const [count, setCount] = useState(0);
  const look = () => void history.legacyEntries().then((entries) => setCount(entries.length));
  useEffect(look, []);
  if (count === 0) return null;
  const replace = async () => {
    await history.replaceLegacyEntries();
    look();
  };
  const actions = (
    <>
      <Button size="small" onClick={() => void replace()}>
        {text.legacy.replace}
      </Button>
      <Button size="small" look="quiet" onClick={() => setCount(0)}>
        {text.legacy.later}
      </Button>
    </>
  );
  return (
    <Banner tone="warn" icon={<ArrowRightLeft />} actions={actions}>
      {text.legacy.found(count)}
    </Banner>
  );
}
