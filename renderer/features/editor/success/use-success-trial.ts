import { useEffect, useState } from 'react';
import type { TriedCriterion } from '../../../../main/contract/success.ts';
import { sentenceOf } from '../../../bridge/bridge-error.ts';
import { useSession } from '../../../session-context.tsx';
import { readCriterion } from './criterion-form.ts';
import type { CriterionForm } from './criterion-form.ts';

export interface SuccessTrialModel {
  /** What became of each criterion; null before a trial and after a change. */
  tried: readonly TriedCriterion[] | null;
  error: string | null;
  isTrying: boolean;
  start: (executionId: string) => Promise<void>;
}

/** Tries the criteria, as typed, on a run that has ended. */
export function useSuccessTrial(forms: readonly CriterionForm[]): SuccessTrialModel {
  const { call } = useSession();
  const [tried, setTried] = useState<readonly TriedCriterion[] | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [isTrying, setTrying] = useState(false);
  useEffect(() => {
    setTried(null);
    setError(null);
  }, [forms]);
  const start = async (executionId: string): Promise<void> => {
    const read = forms.map(readCriterion);
    const bad = read.find((reading) => !reading.ok);
    if (bad !== undefined && !bad.ok) return setError(bad.error);
    setTrying(true);
    try {
      const criteria = read.flatMap((reading) => (reading.ok ? [reading.value] : []));
      setTried((await call('executions.judge', { executionId, criteria })).tried);
      setError(null);
    } catch (thrown) {
      setError(sentenceOf(thrown));
    } finally {
      setTrying(false);
    }
  };
  return { tried, error, isTrying, start };
}
