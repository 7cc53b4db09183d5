import { describe, expect, it } from 'vitest';
import { warmWorkers, type WarmQuestion } from './warm-workers.ts';

const second = 1000;
const nowMs = Date.parse('2026-11-23T12:00:00.000Z');
const toolOf = (task: string): string | null => (task === 'shares' ? null : task);
const toolsOf = (inMs: number, tasks: number) => Array<string>(tasks).fill(`in ${inMs}`);
const ask = (groups: [inMs: number, tasks: number][], more: Partial<WarmQuestion<string>> = {}) => {
  const question = {
    nowMs,
    groups: groups.map(([inMs, tasks]) => ({ slotMs: nowMs + inMs, tasks: toolsOf(inMs, tasks) })),
    most: 4,
    toolOf,
  };
  const { tools, askAgainMs } = warmWorkers({ ...question, firedMs: null, ...more });
  return [tools?.length ?? null, askAgainMs - nowMs];
};
const never = Number.POSITIVE_INFINITY;

describe('idle workers', () => {
  it('start five seconds before the next slot, and earlier by a little for each worker', () => {
    expect(ask([])).toEqual([0, never]);
    expect(ask([[60 * second, 2]])).toEqual([0, 54.8 * second]);
    expect(ask([[60 * second, 50]], { most: 50 })).toEqual([0, 50 * second]);
  });

  it('number as many as the tasks due soon in all groups', () => {
    expect(ask([[5 * second, 2]])).toEqual([2, never]);
    const three: [number, number][] = [
      [4 * second, 1],
      [second, 2],
      [30 * second, 9],
    ];
    expect(ask(three)).toEqual([3, 24.6 * second]);
  });

  it('never exceed the limit, and none start when turned off', () => {
    expect(ask([[second, 50]])).toEqual([4, never]);
    expect(ask([[second, 50]], { most: 0 })).toEqual([0, never]);
  });

  it('go to the soonest tasks when there are not enough', () => {
    const groups = [
      { slotMs: nowMs + 2 * second, tasks: ['later', 'later'] },
      { slotMs: nowMs + second, tasks: ['first', 'second', 'third'] },
    ];
    const { tools } = warmWorkers({ nowMs, groups, toolOf, most: 4, firedMs: null });
    expect(tools).toEqual(['first', 'second', 'third', 'later']);
  });

  it('are one for all tasks that share a worker', () => {
    const groups = [{ slotMs: nowMs + second, tasks: ['shares', 'own', 'shares', 'shares'] }];
    const question = { nowMs, groups, toolOf, firedMs: null };
    expect(warmWorkers({ ...question, most: 1 })).toMatchObject({ tools: ['own'], shared: true });
    expect(warmWorkers({ ...question, most: 0 })).toMatchObject({ tools: [], shared: false });
  });

  it('do not start for groups that start nothing, or whose slot has passed', () => {
    const groups: [number, number][] = [
      [second, 0],
      [0, 3],
    ];
    expect(ask(groups)).toEqual([0, never]);
  });

  it('wait for the tasks that were just fired, then end', () => {
    expect(ask([[60 * second, 1]], { firedMs: nowMs - second })).toEqual([null, 4 * second]);
    expect(ask([[60 * second, 1]], { firedMs: nowMs - 5 * second })).toEqual([0, 54.9 * second]);
  });

  it('start for the next slot even though tasks were just fired', () => {
    expect(ask([[second, 2]], { firedMs: nowMs })).toEqual([2, 5 * second]);
  });

  it('end when the clock was set back after a fire', () => {
    expect(ask([], { firedMs: nowMs + 3600 * second })).toEqual([0, never]);
  });
});
