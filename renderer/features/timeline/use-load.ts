import { useEffect, useState } from 'react';
import type { ScheduleLoad } from '../../../main/contract/calls/schedule.ts';
import { useSchedule, useSession } from '../../session-context.tsx';

/** Length of a step, in ms. */
export const LOAD_STEP_MS = 30 * 60_000;

export interface Load extends ScheduleLoad {
  /** Start of the first step, in ms. */
  from: number;
}

/** Returns how many tasks start in each step from now to the end of the timeline; null until known. */
export function useLoad(now: number, until: number): Load | null {
  const { call } = useSession();
  const tasks = useSchedule((schedule) => schedule.tasks);
  const [load, setLoad] = useState<Load | null>(null);
  const from = Math.floor(now / LOAD_STEP_MS) * LOAD_STEP_MS;
  useEffect(() => {
    let gone = false;
    const question = { from: new Date(from).toISOString(), until: new Date(until).toISOString() };
    call('schedule.load', { ...question, stepMs: LOAD_STEP_MS }).then(
      (answer) => !gone && setLoad({ ...answer, from }),
      // Without the load, the lanes still show every run.
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, [call, tasks, from, until]);
  return load;
}
