import { useEffect, useMemo, useState } from 'react';
import type { Execution, SlotRecord } from '../../../main/contract/execution.ts';
import type { TaskView, TimingView } from '../../../main/contract/task.ts';
import type { Call } from '../../bridge/client.ts';
import { useExecutions, useSession } from '../../session-context.tsx';
import { mergeRecent } from '../../stores/executions-store.ts';
import { usualDurations } from '../executions/usual-durations.ts';
import { followersOf, markOfExecution, markOfMissed, markOfSlot } from './marks.ts';
import type { Mark } from './marks.ts';

interface LaneData {
  past: readonly Execution[];
  slots: readonly string[];
  /** By slot, the active tasks that do not run at it. */
  absent: Readonly<Record<string, readonly string[]>>;
  missed: readonly SlotRecord[];
}

const nothing: LaneData = { past: [], slots: [], absent: {}, missed: [] };

/** Limits of executions and upcoming slots shown in a lane. */
const MARK_LIMIT = 1000;
const SLOT_LIMIT = 2500;

/**
 * Returns the marks of one group between two instants. Fetched when the lane becomes visible, then updated by events.
 */
export function useLane(timing: TimingView, tasks: readonly TaskView[], from: number, until: number, now: number) {
  const { call } = useSession();
  const [data, setData] = useState(nothing);
  const recent = useExecutions((state) => state.recent);
  const active = tasks.filter((task) => task.status === 'active');
  const activeCount = active.length;
  useEffect(() => {
    let gone = false;
    const put = (part: Partial<LaneData>) => {
      if (!gone) setData((shown) => ({ ...shown, ...part }));
    };
    // If a part cannot be read, its marks are missing; the Runs view says why the ledger cannot be read.
    const ignore = () => undefined;
    fetchPast(call, timing.id, from).then((past) => put({ past }), ignore);
    fetchMissed(call, timing.id, from).then((missed) => put({ missed }), ignore);
    if (activeCount > 0) fetchSlots(call, timing.id, until).then(put, ignore);
    else put({ slots: [], absent: {} });
    return () => {
      gone = true;
    };
  }, [call, timing.id, timing.nextExecutionAt, activeCount, from, until]);
  return useMemo(() => {
    const own = recent.filter((execution) => execution.timingId === timing.id);
    // Follow-ups are often in another lane: the recent runs of all tasks tell what a run led to.
    return laneMarks({ ...data, past: mergeRecent(data.past, own) }, { tasks, active, recent }, now);
  }, [data, recent, tasks, timing.id, now]);
}

async function fetchPast(call: Call, timingId: string, from: number): Promise<readonly Execution[]> {
  const since = new Date(from).toISOString();
  return (await call('executions.list', { timingId, since, limit: MARK_LIMIT })).executions;
}

function fetchSlots(call: Call, timingId: string, until: number): Promise<Pick<LaneData, 'slots' | 'absent'>> {
  return call('schedule.slots', {
    timingId,
    from: new Date().toISOString(),
    until: new Date(until).toISOString(),
    limit: SLOT_LIMIT,
  });
}

async function fetchMissed(call: Call, timingId: string, from: number): Promise<readonly SlotRecord[]> {
  return (await call('tasks.missed', { timingId, since: new Date(from).toISOString() })).slots;
}

interface LaneTasks {
  readonly tasks: readonly TaskView[];
  readonly active: readonly TaskView[];
  readonly recent: readonly Execution[];
}

function laneMarks(
  { past, slots, absent, missed }: LaneData,
  { tasks, active, recent }: LaneTasks,
  now: number,
): Mark[] {
  const followers = followersOf([...recent, ...past]);
  const usual = usualDurations(past);
  const longest = Math.max(0, ...active.map((task) => usual.get(task.id) ?? 0));
  const names = active.map((task) => task.name).join(', ');
  const namesAt = (slot: string) => {
    const away = absent[slot];
    return away === undefined ? names : active.flatMap(({ id, name }) => (away.includes(id) ? [] : name)).join(', ');
  };
  const nameOf = (taskId: string) => tasks.find((task) => task.id === taskId)?.name ?? taskId;
  return [
    ...slots.filter((slot) => Date.parse(slot) > now).map((slot) => markOfSlot(slot, namesAt(slot), longest, now)),
    ...missed.map((record) => markOfMissed(record, nameOf(record.taskId), now)),
    ...past.map((execution) => markOfExecution(execution, now, followers.get(execution.executionId))),
  ];
}
