import { useEffect, useState } from 'react';
import { sentenceOf } from '../../bridge/bridge-error.ts';

export type Answer<T> = { state: 'waiting' } | { state: 'there'; value: T } | { state: 'failed'; message: string };

/** Calls the main process on first render and whenever `again` is called. */
export function useAnswer<T>(ask: () => Promise<T>): { answer: Answer<T>; again: () => void } {
  const [answer, setAnswer] = useState<Answer<T>>({ state: 'waiting' });
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let wanted = true;
    ask().then(
      (value) => wanted && setAnswer({ state: 'there', value }),
      (thrown: unknown) => wanted && setAnswer({ state: 'failed', message: sentenceOf(thrown) }),
    );
    return () => {
      wanted = false;
    };
    // The question does not change while the component is shown.
  }, [turn]);
  return { answer, again: () => setTurn((before) => before + 1) };
}
