import type { Client } from '@modelcontextprotocol/client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectClient } from '../testing/mcp-harness.ts';
import { memoryApplication, type MemoryApplication } from '../testing/memory-application.ts';

let application: MemoryApplication;
let client: Client;
let close: () => Promise<void>;
const connect = async (permission?: 'allow') => {
  ({ client, close } = await connectClient(application, { permission }));
};
beforeEach(() => {
  application = memoryApplication();
});
afterEach(async () => {
  await close();
  await application.stop();
  application.dispose();
});

const call = async (name: string, parameters: Record<string, unknown> = {}, options = {}) => {
  const result = await client.callTool({ name, arguments: parameters }, options);
  const [first] = result.content;
  const answer = (result.structuredContent ?? {}) as Record<string, Record<string, unknown> | undefined>;
  return { isError: result.isError === true, text: first?.type === 'text' ? first.text : '', answer };
};
const draft = (command: string) => ({
  ...{ name: 'Tried', schedule: 'every weekday at 9am', tool: 'shell:run', parameters: { command } },
  testRun: true,
});
const names = async () => (await application.tasks()).list().map(({ name }) => name);
const runs = async () => (await application.executions()).list({ limit: 10, offset: 0 }).executions;

/** Cancels a run. The canceller waits for its end on the clock, which stands still. */
async function cancelled(executionId: unknown): Promise<void> {
  const cancelling = call('cancel', { execution_id: executionId });
  await expect.poll(async () => (await runs())[0]?.status).toBe('cancelled');
  application.clock.advance(1000);
  expect((await cancelling).isError).toBe(false);
}

describe('create with a test run', () => {
  it('that goes on answers after the limit with the id of the run, and has created nothing', async () => {
    await connect('allow');
    const { text, answer } = await call('create', { ...draft('sleep'), wait: 0 });
    const { running } = answer;
    expect(running).toMatchObject({ executionId: expect.any(String) as string });
    expect(text).toMatch(/^Still running: "Tried".*\n.*created when this run succeeds/);
    expect(await names()).toEqual([]);
    expect(await runs()).toMatchObject([{ executionId: running?.['executionId'], status: 'running', trigger: 'test' }]);
    await cancelled(running?.['executionId']);
    expect(await names()).toEqual([]);
  });

  it('creates the task under the id that the answer named, once the run succeeds', async () => {
    await connect('allow');
    const { answer } = await call('create', draft('true'));
    expect(answer).toMatchObject({
      task: { name: 'Tried' },
      testRun: { status: 'success', taskId: answer['task']?.['id'] },
    });
  });

  it('ends the run if the client cancels its call, and creates nothing', async () => {
    await connect('allow');
    const abort = new AbortController();
    const asked = call('create', draft('sleep'), { signal: abort.signal });
    await expect.poll(async () => (await runs())[0]?.status).toBe('running');
    abort.abort();
    await expect(asked).rejects.toThrow();
    await expect.poll(async () => (await runs())[0]?.status).toBe('cancelled');
    expect(await names()).toEqual([]);
  });

  it('tells the client every few seconds that the run goes on', { timeout: 60_000 }, async () => {
    await connect('allow');
    const told: unknown[] = [];
    const asked = call('create', draft('sleep'), { onprogress: (progress: unknown) => told.push(progress) });
    await expect.poll(() => told.length, { timeout: 40_000 }).toBeGreaterThan(0);
    expect(told[0]).toMatchObject({ progress: 1, message: 'Tried is still running' });
    const [run] = await runs();
    await cancelled(run?.executionId);
    expect(await asked).toMatchObject({ isError: true });
  });
});

describe('update with a test run', () => {
  const create = async () => {
    const { name, schedule, tool } = draft('');
    await (await application.tasks()).create({ name, schedule, tool, parameters: { command: 'true' } }, 'window');
  };
  const update = (command: string, more: object = {}) =>
    call('update', { job_id: 'Tried', parameters: { command }, testRun: true, ...more });
  const command = async () => (await (await application.tasks()).get('Tried')).task.parameters['command'];

  it('changes the task once the run of the changed task succeeds', async () => {
    await connect('allow');
    await create();
    const { answer, text } = await update('print new');
    expect(answer).toMatchObject({ testRun: { status: 'success', trigger: 'test' }, task: { name: 'Tried' } });
    expect(text).toMatch(/^Changed .*\nTest run: /);
    expect(await command()).toBe('print new');
  });

  it('changes nothing if the run fails', async () => {
    await connect('allow');
    await create();
    expect((await update('false')).text).toMatch(/execution\/test-run-failed.*so nothing was changed/);
    expect(await command()).toBe('true');
  });

  it('answers after the limit with the id of the run, which can be cancelled', async () => {
    await connect('allow');
    await create();
    const { answer, text } = await update('sleep', { wait: 0 });
    expect(text).toMatch(/changed when this run succeeds/);
    await cancelled(answer['running']?.['executionId']);
    expect(await command()).toBe('true');
  });

  it('counts towards the runs of an agent', async () => {
    await connect('allow');
    await create();
    (await application.agents()).clients.change('Test Agent', { runsPerHour: 1 }, 'test');
    await update('true');
    expect((await update('print again')).text).toContain('agent/run-limit');
    expect((await call('update', { job_id: 'Tried', description: 'no run' })).isError).toBe(false);
  });

  it('waits for approval in ask mode, which says that it runs, and runs nothing that changed since', async () => {
    await connect();
    await create();
    const asked = await update('print new');
    expect(asked.text).toContain('Approving runs the changed task once immediately.');
    const id = String(asked.answer['proposal']?.['id']);
    expect(await runs()).toEqual([]);
    await (await application.tasks()).update('Tried', { description: 'other' }, 'window');
    const { proposals } = await application.agents();
    await expect(proposals.approve(id, 'window')).rejects.toMatchObject({ code: 'agent/proposal-outdated' });
    expect(await runs()).toEqual([]);
    await proposals.approve(id, 'window', { anyway: true });
    expect(await runs()).toMatchObject([{ status: 'success', trigger: 'test' }]);
    expect(await command()).toBe('print new');
    expect(proposals.get(id)).toMatchObject({ state: 'applied', executionId: (await runs())[0]?.executionId });
  });
});

describe('test', () => {
  it('runs a draft once and saves nothing', async () => {
    await connect('allow');
    const { text, answer } = await call('test', { tool: 'shell:run', parameters: { command: 'print hello' } });
    expect(answer['execution']).toMatchObject({ status: 'success', trigger: 'test', taskName: 'Test run' });
    expect(text).toContain('call log');
    expect(await names()).toEqual([]);
    const failed = await call('test', { name: 'Bad', tool: 'shell:run', parameters: { command: 'false' } });
    expect(failed.answer['execution']).toMatchObject({ status: 'failure', taskName: 'Bad' });
    expect((await call('test', { tool: 'shell:run', parameters: {} })).isError).toBe(true);
  });

  it('counts towards the runs of an agent', async () => {
    await connect('allow');
    (await application.agents()).clients.change('Test Agent', { runsPerHour: 1 }, 'test');
    await call('test', { tool: 'shell:run', parameters: { command: 'true' } });
    const second = await call('test', { tool: 'shell:run', parameters: { command: 'true' } });
    expect(second.text).toContain('agent/run-limit');
  });

  it('waits for approval in ask mode, and then runs once', async () => {
    await connect();
    const parameters = { tool: 'shell:run', parameters: { command: 'print hello' } };
    const { answer, text } = await call('test', parameters);
    expect(text).toContain('No task is created.');
    expect((await call('test', parameters)).answer['proposal']?.['id']).toBe(answer['proposal']?.['id']);
    expect(await runs()).toEqual([]);
    const { proposals } = await application.agents();
    const id = String(answer['proposal']?.['id']);
    const { preview } = await proposals.view(id);
    expect(preview).toMatchObject({ command: 'print hello', schedule: null });
    await proposals.approve(id, 'window');
    expect(await runs()).toMatchObject([{ status: 'success', trigger: 'test' }]);
    expect(proposals.get(id)).toMatchObject({ state: 'applied', executionId: (await runs())[0]?.executionId });
    await expect(proposals.approve(id, 'window')).rejects.toMatchObject({ code: 'agent/proposal-decided' });
  });
});
