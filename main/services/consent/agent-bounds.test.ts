import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AgentOperations } from '../../application/operations.ts';
import type { ProposedChange } from '../../contract/proposal.ts';
import { connectClient } from '../../testing/mcp-harness.ts';
import { memoryApplication, type MemoryApplication } from '../../testing/memory-application.ts';

let application: MemoryApplication;
let agents: AgentOperations;
beforeEach(async () => {
  application = memoryApplication('2026-11-23T12:00:00.000Z');
  agents = await application.agents();
});
afterEach(() => application.dispose());

type Create = Extract<ProposedChange, { action: 'create' }>;
const create = (name: string, change: Partial<Create['draft']> = {}): Create => ({
  action: 'create',
  draft: { name, schedule: 'every day at 9am', tool: 'shell:run', parameters: { command: 'true' }, ...change },
  validate: true,
  testRun: false,
});
const ask = (name: string, change: ProposedChange) => agents.submit(change, { name, version: '1.0' });
const code = (word: string, message: string) =>
  expect.objectContaining({ code: word, message: expect.stringContaining(message) as string }) as unknown;

describe('all pending proposals together', () => {
  it('are at most 200, whatever the agents call themselves', async () => {
    for (let count = 0; count < 200; count += 1) await ask(`agent-${count}`, create(`Task ${count}`));
    await expect(ask('another', create('More'))).rejects.toEqual(
      code('agent/too-many-proposals', 'There are already 200 pending proposals.'),
    );
    // Asking again for the same change adds none.
    expect(await ask('agent-3', create('Task 3'))).toMatchObject({ kind: 'waits' });
    const { proposals } = agents.proposals.list({ client: 'agent-0' });
    agents.proposals.reject(proposals[0]?.id ?? '', 'window');
    expect(await ask('another', create('More'))).toMatchObject({ kind: 'waits' });
  });

  it('have at most 4 MiB', async () => {
    const parameters = { command: `echo ${'x'.repeat(60_000)}` };
    const fill = async () => {
      for (let count = 0; count < 200; count += 1) await ask(`agent-${count}`, create(`Task ${count}`, { parameters }));
    };
    await expect(fill()).rejects.toEqual(code('agent/too-many-proposals', 'more than 4194304 bytes'));
    expect(agents.proposals.list().total).toBeLessThan(70);
  });
});

describe('a request that nobody would read', () => {
  it.each<[string, Partial<Create['draft']>, string]>([
    ['parameters', { parameters: { command: 'x'.repeat(65 * 1024) } }, 'parameters has 66574 bytes'],
    ['its environment', { env: { A: 'x'.repeat(129 * 1024) } }, 'the whole request has'],
    ['its description', { description: 'x'.repeat(4001) }, 'description has 4001 characters, and the limit is 4000'],
    ['its schedule', { schedule: `every day at 9am${' '.repeat(600)}` }, 'schedule has 616 characters'],
  ])('is refused for %s', async (_, change, message) => {
    await expect(ask('Claude', create('Big', change))).rejects.toEqual(code('agent/too-large', message));
    agents.clients.change('Claude', { permission: 'allow' }, 'cli');
    await expect(ask('Claude', create('Big', change))).rejects.toEqual(code('agent/too-large', message));
    expect(application.store.read().tasks).toEqual({});
  });

  it('is refused for the note of a pause', async () => {
    const pause: ProposedChange = { action: 'pause', taskId: 'a', note: 'x'.repeat(2001) };
    await expect(ask('Claude', pause)).rejects.toEqual(code('agent/too-large', 'note has 2001 characters'));
  });
});

describe('the permission none', () => {
  it('as the default keeps out every new agent, and every tool says whom to ask', async () => {
    const { settings } = application;
    settings.update({ agents: { ...settings.read().agents, permission: 'none' } });
    const { client, close } = await connectClient(application);
    const { tools } = await client.listTools();
    const inputs: Record<string, Record<string, unknown>> = { get: { job_id: 'a' }, create: { ...create('A').draft } };
    for (const { name } of tools) {
      const { isError, content } = await client.callTool({ name, arguments: inputs[name] ?? {} });
      const [first] = content;
      const text = first?.type === 'text' ? first.text : '';
      if (text.includes('agent/no-access')) expect(text).toContain('only they can give it, in Settings, Agents');
      else expect(text, name).toMatch(/Invalid|invalid|required|expected/);
      expect(isError).toBe(true);
    }
    await expect(client.readResource({ uri: 'schedule://tasks/a' })).rejects.toThrow('no access');
    await close();
  });

  it('refuses what was proposed before', async () => {
    const submitted = await ask('Claude', create('Backup'));
    const id = submitted.kind === 'waits' ? submitted.proposal.id : '';
    agents.clients.change('Claude', { permission: 'none' }, 'cli');
    await expect(agents.proposals.approve(id, 'window')).rejects.toEqual(code('agent/no-access', 'Claude'));
    expect(application.store.read().tasks).toEqual({});
  });
});

describe('the name of an agent', () => {
  it('has one form, however it is typed', () => {
    agents.clients.change(' good ', { permission: 'allow' }, 'cli');
    expect(agents.clients.rules('good').permission).toBe('allow');
    expect(agents.revoke('good  ', 'cli').client).toMatchObject({ name: 'good' });
    expect(agents.clients.get('good ').revokedAt).not.toBeNull();
    expect(agents.clients.list()).toHaveLength(1);
  });

  it('has the same form in config.json', () => {
    const { settings } = application;
    settings.update({ agents: { ...settings.read().agents, clients: { 'good ': { permission: 'read-only' } } } });
    expect(agents.clients.rules('good').permission).toBe('read-only');
    expect(agents.clients.list()).toMatchObject([{ name: 'good', permission: 'read-only' }]);
  });
});
