import { useEffect, useRef, useState } from 'react';
import type { InsightOrder, InsightsAnswer } from '../../../main/contract/insights.ts';
import { sentenceOf } from '../../bridge/bridge-error.ts';
import { useSession } from '../../session-context.tsx';

const DAY_MS = 86_400_000;
/** The ledger is read again at most this often, in ms: with many tasks that is work. */
const PAUSE_MS = 60_000;

interface Loaded {
  /** Kept while it is asked again; null before the first answer. */
  readonly answer: InsightsAnswer | null;
  readonly failure: string | null;
  readonly again: () => void;
}

/** Asks for the insights of the last days, and again when runs have ended since. */
export function useInsights(days: number, order: InsightOrder): Loaded {
  const { call, stores } = useSession();
  const [answer, setAnswer] = useState<InsightsAnswer | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const turn = useRef(0);
  const ask = async (): Promise<void> => {
    const mine = (turn.current += 1);
    try {
      const since = new Date(Date.now() - days * DAY_MS).toISOString();
      const found = await call('reports.insights', { since, order });
      if (mine !== turn.current) return;
      setAnswer(found);
      setFailure(null);
    } catch (thrown) {
      if (mine === turn.current) setFailure(sentenceOf(thrown));
    }
  };
  const latest = useRef(ask);
  latest.current = ask;
  useEffect(() => {
    void latest.current();
    return () => {
      turn.current += 1;
    };
  }, [days, order]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = stores.executions.subscribe((state, before) => {
      if (state.recent === before.recent) return;
      timer ??= setTimeout(() => {
        timer = undefined;
        void latest.current();
      }, PAUSE_MS);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [stores]);
  return { answer, failure, again: () => void ask() };
}
