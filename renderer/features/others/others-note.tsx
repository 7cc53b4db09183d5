import { useEffect } from 'react';
import { useStore } from 'zustand';
import { useCommands, useSession } from '../../session-context.tsx';
import { routeHash } from '../../stores/route.ts';
import { text } from '../../text/en.ts';

/** The schedulers are asked once the page has been drawn, in ms. */
const AFTER_MS = 2000;

/** Says in one line how many other jobs run on this machine. Shows nothing if there are none. */
export function OthersNote({ className }: { className: string }) {
  const { stores } = useSession();
  const { others } = useCommands();
  const answer = useStore(stores.others, (state) => state.answer);
  useEffect(() => {
    const timer = setTimeout(() => void others.loadOnce(), AFTER_MS);
    return () => clearTimeout(timer);
  }, [others]);
  if (answer === null || answer.jobs.length === 0) return null;
  const count = (wanted: string): number => answer.jobs.filter(({ state }) => state === wanted).length;
  return (
    <a className={className} href={routeHash({ view: 'others' })}>
      {text.others.note(answer.jobs.length, count('failed'), count('overdue'))}
    </a>
  );
}
