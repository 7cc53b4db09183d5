import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Execution } from '../../contract/execution.ts';
import type { TaskDraftInput } from '../../contract/task.ts';
import { SchedulerError } from '../../domain/errors.ts';
import { memoryApplication, type MemoryApplication } from '../../testing/memory-application.ts';

const minute = 60_000;
let application: MemoryApplication;
beforeEach(() => {
  application = memoryApplication('2026-11-23T12:00:00.000Z');
});
afterEach(() => application.dispose());

async function create(name: string, policies: TaskDraftInput['policies'] = {}): Promise<string> {
  const base = { name, schedule: '* * * * *', tool: 'shell:run', parameters: { command: 'sleep' }, timezone: 'UTC' };
  return (await (await application.tasks()).create({ ...base, policies }, 'test')).task.id;
}
const fire = async (): Promise<Execution[]> => (await (await application.runs()).fire('every-min')).executions;
const running = () => application.ledger.running().map(({ execution }) => execution.executionId);
const fates = (taskId: string): string[] =>
  application.ledger.slots(taskId, '2026-01-01T00:00:00.000Z').map(({ state, reason }) => reason ?? state);

/** A run may end between the look and the call. */
function endedMeanwhile(problem: unknown): void {
  if (!(problem instanceof SchedulerError) || problem.code !== 'execution/not-running') throw problem;
}

/** Cancels every run until the fires are over. The clock goes on meanwhile. */
async function endAll<T>(fires: readonly Promise<T>[]): Promise<T[]> {
  const all = Promise.all(fires);
  let isOver = false;
  const end = () => (isOver = true);
  all.then(end, end);
  const ticks = setInterval(() => application.clock.advance(1000), 1);
  while (!isOver) {
    for (const id of running()) await (await application.runs()).cancel(id).catch(endedMeanwhile);
    await new Promise((resolve) => setImmediate(resolve));
  }
  clearInterval(ticks);
  return all;
}

describe('a slot that waits', () => {
  it.each([
    ['buffer-one', ['claimed', 'claimed', 'overlap', 'overlap']],
    ['buffer-all', ['claimed', 'claimed', 'claimed', 'claimed']],
  ] as const)('for the run before (%s) is not missed when the group fires again', async (overlap, expected) => {
    const id = await create('Long', { overlap });
    const fires: Promise<Execution[]>[] = [];
    for (let slot = 0; slot < 4; slot += 1) {
      application.clock.advance(minute);
      fires.push(fire());
      await expect.poll(() => running().length).toBe(1);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await endAll(fires);
    expect(fates(id)).toEqual(expected);
  });

  it('for its turn among many is not missed when the group fires again', async () => {
    application.settings.update({ concurrencyLimit: 1 });
    const ids = [];
    for (const name of ['A', 'B']) ids.push(await create(name));
    application.clock.advance(minute);
    const fires = [fire()];
    await expect.poll(() => running().length).toBe(1);
    application.clock.advance(5 * minute);
    fires.push(fire());
    await endAll(fires);
    // The run that waited took its first slot; the slots that nobody saw are missed.
    expect(ids.map((id) => fates(id)[0])).toEqual(['claimed', 'claimed']);
  });
});

it('a slot runs at a later fire if the ledger could record its wait, but neither its claim nor the end of its wait', async () => {
  application.settings.update({ concurrencyLimit: 1 });
  await create('First');
  const id = await create('Second', { catchUp: 'all' });
  application.clock.advance(minute);
  const fired = fire();
  await expect.poll(() => application.ledger.waits().map(({ taskId }) => taskId)).toEqual([id]);
  const full = () => {
    throw new SchedulerError('store/full', 'The disk is full.');
  };
  const faults = [vi.spyOn(application.ledger, 'endWait'), vi.spyOn(application.ledger, 'claimAll')];
  for (const fault of faults) fault.mockImplementation(full);
  await expect(endAll([fired])).rejects.toMatchObject({ code: 'store/full' });
  for (const fault of faults) fault.mockRestore();
  await endAll([fire()]);
  expect(fates(id)[0]).toBe('claimed');
  expect(application.ledger.waits()).toEqual([]);
});

it('slots that the ledger could not take for a moment run at the next fire, even if a later one runs before', async () => {
  application.settings.update({ concurrencyLimit: 2 });
  const id = await create('All', { catchUp: 'all', overlap: 'allow-all' });
  application.clock.advance(4 * minute);
  const full = new SchedulerError('store/disk-full', 'The disk is full.');
  vi.spyOn(application.ledger, 'claimAll').mockImplementationOnce(() => {
    throw full;
  });
  await expect(fire()).rejects.toThrow(full.message);
  await expect.poll(() => running().length).toBe(2);
  await endAll([fire()]);
  expect(fates(id)).toEqual(['claimed', 'claimed', 'claimed', 'claimed']);
});
