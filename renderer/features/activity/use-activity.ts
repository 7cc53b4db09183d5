import { useEffect, useRef, useState } from 'react';
import type { Change } from '../../../main/contract/history.ts';
import { sentenceOf } from '../../bridge/bridge-error.ts';
import { useSession } from '../../session-context.tsx';

/** The filters of the Activity view. A missing field does not filter. */
export interface ActivityQuery {
  authors?: string[];
  taskId?: string;
  words?: string;
}

const PAGE_SIZE = 100;
/** Limit of one call; older changes are loaded again while scrolling. */
const CALL_LIMIT = 1000;
/** Changes of tasks arrive with every run: waits for more of them, in ms. */
const QUIET_MS = 400;

interface Loaded {
  readonly changes: readonly Change[];
  readonly isComplete: boolean;
}

/** Loads the changes of a query page by page, and again when something changes. */
export function useActivity(query: ActivityQuery) {
  const { call, stores } = useSession();
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const asked = useRef({ query, turn: 0, length: 0 });
  const read = async (length: number, from?: readonly Change[]): Promise<void> => {
    const turn = (asked.current.turn += 1);
    const last = from?.at(-1);
    const limit = Math.min(Math.max(length, PAGE_SIZE), CALL_LIMIT);
    try {
      const { changes } = await call('history.list', { ...query, limit, ...(last && { before: last.id }) });
      if (asked.current.turn !== turn) return;
      const all = [...(from ?? []), ...changes];
      asked.current.length = all.length;
      setLoaded({ changes: all, isComplete: changes.length < limit });
      setFailure(null);
    } catch (thrown) {
      if (asked.current.turn === turn) setFailure(sentenceOf(thrown));
    }
  };
  const again = () => read(asked.current.length);
  const current = useRef(again);
  current.current = again;
  useEffect(() => {
    asked.current.length = 0;
    setLoaded(null);
    void current.current();
  }, [query]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const later = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        void current.current();
      }, QUIET_MS);
    };
    const stops = [stores.schedule.subscribe(later), stores.settings.subscribe(later)];
    return () => {
      clearTimeout(timer);
      for (const stop of stops) stop();
    };
  }, [stores]);
  return {
    loaded,
    failure,
    again: () => void again(),
    more: () => void (loaded && !loaded.isComplete && read(PAGE_SIZE, loaded.changes)),
  };
}
