import { useEffect, useState } from 'react';
import { sentenceOf } from '../../bridge/bridge-error.ts';

export interface Kept<T> {
  /** The last answer, kept while it is asked again; null before the first. */
  value: T | null;
  /** Why the last question failed; null if it did not. */
  failure: string | null;
}

/** Asks the main process at first, and again whenever `key` changes. What is shown stays until the new answer. */
export function useKept<T>(key: string, ask: () => Promise<T>): Kept<T> {
  const [kept, setKept] = useState<Kept<T>>({ value: null, failure: null });
  useEffect(() => {
    let wanted = true;
    ask().then(
      (value) => wanted && setKept({ value, failure: null }),
      (thrown: unknown) => wanted && setKept(({ value }) => ({ value, failure: sentenceOf(thrown) })),
    );
    return () => {
      wanted = false;
    };
    // The key says what the question depends on.
  }, [key]);
  return kept;
}
