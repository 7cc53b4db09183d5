import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Client } from '@modelcontextprotocol/client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Task } from '../contract/task.ts';
import { connectClient } from '../testing/mcp-harness.ts';
import { memoryApplication, type MemoryApplication } from '../testing/memory-application.ts';
import { agentSide } from './agent-side.ts';

let application: MemoryApplication;
const ends: (() => Promise<unknown>)[] = [];
beforeEach(() => {
  application = memoryApplication();
});
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
  application.dispose();
});

const values = ['ghp-variable', 'bearer-header', 'query-token', 'url-password', 'deep-cookie', 'flag-key'];
const parameters = {
  command: 'true',
  headers: { Authorization: 'Bearer bearer-header' },
  url: 'https://joe:url-password@h/?access_token=query-token',
  deep: [{ headers: { Cookie: 'sid=deep-cookie' } }],
  args: ['--api-key', 'flag-key'],
};
const secretTask = {
  ...{ name: 'Secret', schedule: 'every weekday at 9am', tool: 'shell:run', parameters },
  env: { GITHUB_TOKEN: 'ghp-variable', PLAIN: 'plain-variable' },
};

const create = async (): Promise<Task> =>
  (await (await application.tasks()).create(secretTask, 'window', { validate: false })).task;
const stored = (id: string): Task | undefined => application.store.read().tasks[id];

async function connect(permission?: 'allow'): Promise<Client> {
  const { client, close } = await connectClient(application, { permission, readOnly: false });
  ends.push(close);
  return client;
}
const call = (client: Client, name: string, given: Record<string, unknown> = {}) =>
  client.callTool({ name, arguments: given });

/** Runs the task and returns the id of the run, whose log has secrets of the task and one of another program. */
async function runWithLog(client: Client, taskId: string): Promise<string> {
  const { structuredContent } = await call(client, 'trigger', { job_id: taskId });
  const { executionId } = (structuredContent as { execution: { executionId: string } }).execution;
  const path = application.ledger.get(executionId)?.logPath ?? '';
  const text = 'bearer-header in the output, ghp-variable, and SOME_TOKEN=printed-token\n';
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return executionId;
}

describe('an agent', () => {
  it('sees no secret of a task or run, in no answer and no resource', async () => {
    const { id } = await create();
    const client = await connect('allow');
    const executionId = await runWithLog(client, id);
    const answers = [
      await call(client, 'list'),
      await call(client, 'get', { job_id: id }),
      await call(client, 'retrieve', { include: 'both' }),
      await call(client, 'executions'),
      await call(client, 'log', { execution_id: executionId }),
      await call(client, 'pause', { job_id: id }),
      await call(client, 'update', { job_id: id, description: 'x' }),
      await call(client, 'proposals'),
      await client.readResource({ uri: `schedule://tasks/${id}` }),
      await client.readResource({ uri: `schedule://executions/${executionId}` }),
      await client.readResource({ uri: `schedule://executions/${executionId}/log` }),
    ];
    const text = JSON.stringify(answers);
    for (const value of [...values, 'printed-token']) expect(text).not.toContain(value);
    expect(text).toContain('plain-variable');
    expect(text).toContain('*** in the output');
  });

  it('sees no secret of its own proposals and errors', async () => {
    const client = await connect();
    const { id } = await create();
    const wrong = await call(client, 'update', { job_id: id, schedule: 'at https://joe:url-password@h' });
    expect(wrong.isError).toBe(true);
    const { name, schedule, tool, env } = secretTask;
    await call(client, 'create', { ...{ name, schedule, tool, env, parameters }, skipValidation: true });
    const text = JSON.stringify([wrong, await call(client, 'proposals')]);
    for (const value of values) expect(text).not.toContain(value);
    expect(text).toContain('[hidden:1]');
  });

  it('cannot read a secret of a log in two pieces', async () => {
    const { id } = await create();
    const client = await connect('allow');
    const executionId = await runWithLog(client, id);
    let log = '';
    for (let offset = 0; offset < 200; offset += 1) {
      const piece = await call(client, 'log', { execution_id: executionId, offset, limit: 1 });
      log += (piece.structuredContent as { log: string }).log;
    }
    expect(log).toContain('in the output');
    expect(log).not.toContain('bearer-header');
  });
});

describe('an agent that changes a task', () => {
  it('keeps every secret if it sends back what it read', async () => {
    const { id } = await create();
    const client = await connect('allow');
    const { structuredContent } = await call(client, 'get', { job_id: id });
    const { task } = structuredContent as { task: Task };
    expect(task.env).toEqual({ GITHUB_TOKEN: '[hidden:1]', PLAIN: 'plain-variable' });
    const changed = { parameters: { ...task.parameters, extra: 1 }, env: { ...task.env, PLAIN: 'new' } };
    const answer = await call(client, 'update', { job_id: id, ...changed, skipValidation: true });
    expect(answer.isError, JSON.stringify(answer.content)).not.toBe(true);
    expect(stored(id)?.parameters).toEqual({ ...parameters, extra: 1 });
    expect(stored(id)?.env).toEqual({ GITHUB_TOKEN: 'ghp-variable', PLAIN: 'new' });
  });

  it('keeps every secret also if a person approves the change later', async () => {
    const { id } = await create();
    const client = await connect();
    const { structuredContent } = await call(client, 'update', {
      job_id: id,
      env: { GITHUB_TOKEN: '[hidden:1]', A: '1' },
      skipValidation: true,
    });
    const { proposal } = structuredContent as { proposal: { id: string } };
    await (await application.agents()).proposals.approve(proposal.id, 'window');
    expect(stored(id)?.env).toEqual({ GITHUB_TOKEN: 'ghp-variable', A: '1' });
  });

  it('is refused a placeholder at another place or in a new task, with what to do', async () => {
    const { id } = await create();
    const client = await connect('allow');
    for (const [tool, given] of [
      ['update', { job_id: id, env: { OTHER: '[hidden:1]' } }],
      ['create', { ...secretTask, name: 'Copy', env: { OTHER: '[hidden:1]' }, skipValidation: true }],
    ] as const) {
      const { isError, content } = await call(client, tool, given);
      expect(isError).toBe(true);
      expect(JSON.stringify(content)).toMatch(/agent\/hidden-value: env\.OTHER: .*secret:NAME/);
    }
    expect(stored(id)?.env).toEqual(secretTask.env);
  });
});

it('a person sees all values at the command line', async () => {
  const { id } = await create();
  const answer = await agentSide.callOwnTool('schedule:get', { job_id: id }, () => Promise.resolve(application));
  for (const value of values) expect(JSON.stringify(answer)).toContain(value);
});
