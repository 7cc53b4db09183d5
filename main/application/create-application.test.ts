import { expect, it, vi, type MockInstance } from 'vitest';
import { SchedulerError } from '../domain/errors.ts';
import type { ControlClient } from '../ports/control.ts';
import type { ProcessHost } from '../ports/process-host.ts';
import { anExecution } from '../testing/ledger-samples.ts';
import { memoryOutside } from '../testing/memory-outside.ts';
import { quietListener } from '../testing/memory-application.ts';
import type { ServeEvent } from './application.ts';
import { createApplication } from './create-application.ts';

/** For what a busy machine loads first. */
const patient = { timeout: 20_000 };
const backup = { name: 'Backup', schedule: 'every day at 9am', tool: 'shell:run', parameters: { command: 'true' } };

const primaryWith = (pid: number): ControlClient => ({
  primary: { pid, version: '1.2.3' },
  lost: false,
  call: () => Promise.reject(new Error('not called')),
  close: () => undefined,
});

it('announces a run that a primary took over which appeared a moment before, and does not wait for its end', async () => {
  const calls: unknown[] = [];
  const execution = { executionId: 'one', status: 'running' };
  const call = (name: string, given: object) => {
    calls.push([name, given]);
    return Promise.resolve({ execution });
  };
  const outside = memoryOutside();
  outside.setPrimary({ ...primaryWith(1), call } as unknown as ControlClient);
  const announced: unknown[] = [];
  const onStarted = (started: unknown) => void announced.push(started);
  const runs = await createApplication(outside).runs();
  expect(await runs.trigger('t1', { trigger: 'manual', onStarted })).toEqual(execution);
  expect(announced).toEqual([execution]);
  await runs.trigger('t1', { trigger: 'manual' });
  expect(calls).toMatchObject([
    ['task.trigger', { wait: false }],
    ['task.trigger', { wait: true }],
  ]);
  outside.dispose();
});

it('keeps one connection to the primary, and connects again after the primary has restarted', async () => {
  const first = { ...primaryWith(1), lost: false };
  const found = [null, first, primaryWith(2)];
  const connect = vi.fn(() => Promise.resolve(found.shift() ?? null));
  const outside = memoryOutside();
  const application = createApplication({ ...outside, control: { ...outside.control, connect } });
  expect(await application.primary()).toBeNull();
  expect(await application.primary()).toBe(first);
  expect(await application.primary()).toBe(first);
  first.lost = true;
  expect((await application.primary())?.primary.pid).toBe(2);
  expect(connect).toHaveBeenCalledTimes(3);
});

it('tries to connect again after a failed attempt', async () => {
  const outside = memoryOutside();
  const connect = vi.fn().mockRejectedValueOnce(new Error('no permission')).mockResolvedValue(primaryWith(3));
  const application = createApplication({ ...outside, control: { ...outside.control, connect } });
  await expect(application.primary()).rejects.toThrow('no permission');
  expect((await application.primary())?.primary.pid).toBe(3);
});

it('starts the engine again after a failed start', async () => {
  const outside = memoryOutside();
  const workers = vi.fn(outside.workers).mockRejectedValueOnce(new Error('no worker file'));
  const application = createApplication({ ...outside, workers });
  const runs = await application.runs();
  await expect(runs.concurrencyLimit()).rejects.toThrow('no worker file');
  expect(await runs.concurrencyLimit()).toBeGreaterThan(0);
});

it('ends the worker that it started for an engine that failed to start', async () => {
  const outside = memoryOutside();
  const host = await outside.workers();
  const kills: MockInstance[] = [];
  const start: ProcessHost['start'] = (...given) => {
    const worker = host.start(...given);
    kills.push(vi.spyOn(worker, 'kill'));
    return worker;
  };
  const application = createApplication({
    ...outside,
    workers: () => Promise.resolve({ ...host, start }),
    cipher: () => Promise.reject(new Error('the keychain is locked')),
  });
  const runs = await application.runs();
  const { task } = await (await application.tasks()).create(backup, 'cli');
  await expect(runs.trigger(task.id, { trigger: 'manual' })).rejects.toThrow('the keychain is locked');
  expect(kills).toHaveLength(1);
  expect(kills[0]).toHaveBeenCalledOnce();
});

it('serves beside another primary where it may, and takes over when that one ends', async () => {
  const other = { ...primaryWith(1), lost: false };
  let present: ControlClient | null = other;
  const outside = memoryOutside();
  const connect = () => Promise.resolve(present);
  const application = createApplication({ ...outside, control: { ...outside.control, connect } });
  const stop = new AbortController();
  const types: string[] = [];
  const changed = vi.fn();
  const prepare = vi.fn(() => Promise.resolve());
  const serving = application.serve({
    ...{ stop: stop.signal, beside: true, prepare, onEvent: ({ type }) => void types.push(type) },
    listener: { ...quietListener, scheduleChanged: changed },
  });
  await vi.waitFor(() => expect(types).toEqual(['following']), patient);
  await (await application.tasks()).create(backup, 'cli');
  outside.clock.advance(2000);
  await vi.waitFor(() => expect(changed).toHaveBeenCalled());
  expect(types).not.toContain('started');
  other.lost = true;
  present = null;
  await vi.waitFor(() => {
    outside.clock.advance(2000);
    expect(types).toContain('started');
  }, patient);
  expect(prepare).toHaveBeenCalledTimes(1);
  stop.abort();
  await vi.waitFor(async () => {
    outside.clock.advance(1000);
    await serving;
  });
  expect(types.at(-1)).toBe('stopped');
});

it('stops while it follows another primary', async () => {
  const outside = memoryOutside();
  outside.setPrimary(primaryWith(1));
  const stop = new AbortController();
  const events: ServeEvent[] = [];
  const options = { stop: stop.signal, beside: true, onEvent: (event: ServeEvent) => void events.push(event) };
  const serving = createApplication(outside).serve(options);
  await vi.waitFor(() => expect(events).toMatchObject([{ type: 'following', by: 'app', pid: 1 }]), patient);
  stop.abort();
  await serving;
  expect(events.at(-1)).toMatchObject({ type: 'stopped' });
  expect(outside.clock.pending()).toEqual([]);
});

it('is no primary any more after `serve` failed to start', async () => {
  const outside = memoryOutside();
  const close = vi.fn(() => Promise.resolve());
  const application = createApplication({
    ...outside,
    control: { ...outside.control, listen: () => Promise.resolve({ close }) },
    chooseOsScheduler: () => Promise.reject(new SchedulerError('os/unavailable', 'There is no systemd.')),
  });
  const options = { onEvent: () => undefined, stop: new AbortController().signal };
  await expect(application.serve(options)).rejects.toMatchObject({ code: 'os/unavailable' });
  expect(close).toHaveBeenCalledOnce();
});

it('stops answering as the primary if it cannot become one', async () => {
  const outside = memoryOutside();
  const close = vi.fn(() => Promise.resolve());
  const application = createApplication({
    ...outside,
    control: { ...outside.control, listen: () => Promise.resolve({ close }) },
    logRemoval: () => Promise.reject(new Error('no folder of logs')),
  });
  const options = { listener: quietListener, show: () => undefined };
  await expect(application.lead(options)).rejects.toThrow('no folder of logs');
  expect(close).toHaveBeenCalledOnce();
});

it('shows a run whose process is gone as interrupted, whatever is asked first', async () => {
  for (const ask of ['tasks', 'executions', 'logs', 'doctor'] as const) {
    const outside = memoryOutside();
    const tree = { ...(await outside.processTree()), isAlive: () => false };
    outside.ledger.start(anExecution({ slot: null }));
    await createApplication({ ...outside, processTree: () => Promise.resolve(tree) })[ask]();
    expect(outside.ledger.get('e1')?.status, ask).toBe('interrupted');
  }
});

it('gives its doctor and the tasks even if the ledger cannot be read', async () => {
  const outside = memoryOutside();
  const running = () => {
    throw new SchedulerError('store/locked', 'The ledger was locked by another process for too long.');
  };
  const application = createApplication({ ...outside, ledger: { ...outside.ledger, running } });
  expect((await application.tasks()).list()).toEqual([]);
  expect(await (await application.doctor()).diagnose()).toContainEqual(
    expect.objectContaining({ id: 'doctor/checkLedger', status: 'problem' }),
  );
});

it('shows runs of a ledger that cannot be written as they are recorded', async () => {
  const outside = memoryOutside();
  const tree = { ...(await outside.processTree()), isAlive: () => false };
  outside.ledger.start(anExecution({ slot: null }));
  const finish = () => {
    throw new SchedulerError('store/read-only', 'The disk cannot be written.');
  };
  const ledger = { ...outside.ledger, finish };
  const application = createApplication({ ...outside, ledger, processTree: () => Promise.resolve(tree) });
  expect((await application.executions()).find('e1').status).toBe('running');
});
