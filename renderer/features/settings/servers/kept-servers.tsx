import { useEffect } from 'react';
import { useStore } from 'zustand';
import { useCommands, useSession } from '../../../session-context.tsx';
import { text } from '../../../text/en.ts';
import { Button } from '../../../ui/button.tsx';
import { bindClasses } from '../../../ui/class-names.ts';
import { useNow } from '../../../ui/clock.tsx';
import styles from '../settings.module.css';

const c = bindClasses(styles);
const words = text.keptServers;
/** Time between two looks at what is kept, in ms. */
const lookAgainMs = 5000;

/** Loads what is kept, again and again while the page is open. */
export function useKeptServers(): void {
  const { keptServers } = useCommands();
  useEffect(() => {
    void keptServers.load();
    const timer = setInterval(() => void keptServers.load(), lookAgainMs);
    return () => clearInterval(timer);
  }, [keptServers]);
}

/** Shows what a kept server costs and when it ends, and ends it. */
export function KeptServerRow({ name }: { name: string }) {
  const { stores } = useSession();
  const { keptServers } = useCommands();
  const list = useStore(stores.keptServers, (state) => state.list);
  const nowMs = useNow();
  const own = list.filter(({ server }) => server === name);
  if (own.length === 0) return null;
  return (
    <div className={c('serverTools', 'signIn')} role="group" aria-label={words.group}>
      {own.map((facts) => (
        <span key={`${facts.startedAt} ${facts.pid}`} className={c('faint')}>
          {words.facts(facts, nowMs)}
        </span>
      ))}
      <Button size="small" look="quiet" onClick={() => void keptServers.end(name)}>
        {words.endNow}
      </Button>
    </div>
  );
}
