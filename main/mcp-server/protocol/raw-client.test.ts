import {
  CLIENT_CAPABILITIES_META_KEY,
  CLIENT_INFO_META_KEY,
  PROTOCOL_VERSION_META_KEY,
} from '@modelcontextprotocol/server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { memoryApplication, type MemoryApplication } from '../../testing/memory-application.ts';
import { rawClient, type RawClient, type RpcAnswer } from '../../testing/raw-mcp-client.ts';
import { ownTools } from '../tool-table.ts';

let application: MemoryApplication;
let client: RawClient & { readonly handshake: RpcAnswer };
const connect = async (options: Parameters<typeof rawClient>[1] = {}) => {
  client = await rawClient(application, { permission: 'allow', ...options });
};
beforeEach(() => {
  application = memoryApplication();
});
afterEach(async () => {
  await client.close();
  application.dispose();
});

const call = (id: number, name: string, args: unknown = {}) => ({
  ...{ jsonrpc: '2.0', id, method: 'tools/call' },
  params: { name, arguments: args },
});
const textOf = (answer: RpcAnswer | RpcAnswer[]): string => {
  const { result } = answer as RpcAnswer;
  return (result?.['content'] as { text: string }[] | undefined)?.map(({ text }) => text).join('\n') ?? '';
};
const backup = { name: 'Backup', schedule: 'every weekday at 9am', tool: 'shell:run', parameters: { command: 'true' } };

describe.each(['2024-11-05', '2025-03-26', '2025-06-18', '2025-11-25'])('a client of version %s', (version) => {
  it('shakes hands, reads the tools, creates a task and reads it', async () => {
    await connect({ version });
    expect(client.handshake.result).toMatchObject({ protocolVersion: version });
    const list = (await client.ask({ jsonrpc: '2.0', id: 1, method: 'tools/list' })) as RpcAnswer;
    expect(list.result?.['tools']).toHaveLength(ownTools.length);
    expect(textOf(await client.ask(call(2, 'create', backup)))).toContain('Created "Backup"');
    expect(textOf(await client.ask(call(3, 'list')))).toContain('"Backup"');
  });

  it('gets -32002 for a resource that does not exist', async () => {
    await connect({ version });
    for (const uri of ['schedule://tasks/nobody', 'schedule://executions/nobody/log', 'schedule://nothing']) {
      const answer = await client.ask({ jsonrpc: '2.0', id: 1, method: 'resources/read', params: { uri } });
      expect(answer, uri).toMatchObject({ id: 1, error: { code: -32002, data: { uri } } });
    }
  });
});

it.each(['1999-01-01', '2026-07-28', '2099-01-01'])(
  'a client that asks for %s gets a version it can refuse',
  async (version) => {
    await connect({ version });
    expect(client.handshake.result).toMatchObject({ protocolVersion: '2025-11-25' });
  },
);

it('a client of version 2026-07-28 names itself and its version in each request', async () => {
  await connect();
  await client.close();
  (await application.agents()).clients.change('modern', { permission: 'read-only' }, 'test');
  client = await rawClient(application, { version: null });
  const _meta = {
    [PROTOCOL_VERSION_META_KEY]: '2026-07-28',
    [CLIENT_INFO_META_KEY]: { name: 'modern', version: '2' },
    [CLIENT_CAPABILITIES_META_KEY]: {},
  };
  const ask = (id: number, method: string, params: object) =>
    client.ask({ jsonrpc: '2.0', id, method, params: { ...params, _meta } });
  expect(textOf(await ask(1, 'tools/call', { name: 'list', arguments: {} }))).toContain('0 tasks');
  expect(textOf(await ask(2, 'tools/call', { name: 'create', arguments: backup }))).toContain('agent/read-only');
  expect(await ask(3, 'resources/read', { uri: 'schedule://tasks/nobody' })).toMatchObject({ error: { code: -32602 } });
});

it('a new connection knows the zone of this machine and the time', async () => {
  await connect();
  expect(client.handshake.result?.['instructions']).toMatch(
    /time zone of this machine is UTC.*Monday,? 23 November 2026.*2026-11-23T12:00:00.000Z/,
  );
});

describe('a JSON-RPC batch', () => {
  it('gets one answer with the answers of all its requests', async () => {
    await connect({ version: '2025-03-26' });
    const answers = (await client.ask([
      call(1, 'list'),
      { jsonrpc: '2.0', method: 'notifications/progress', params: { progressToken: 1, progress: 1 } },
      { jsonrpc: '2.0', id: 'two', method: 'ping' },
      { id: 3, method: 'ping' },
    ])) as RpcAnswer[];
    expect(answers.map(({ id }) => id).sort()).toEqual([1, 3, 'two']);
    expect(answers.find(({ id }) => id === 3)?.error?.message).toContain('"jsonrpc" must be "2.0"');
    expect(textOf(await client.ask(call(4, 'list')))).toContain('0 tasks');
  });

  it('that is empty is refused', async () => {
    await connect();
    expect(await client.ask('[]')).toMatchObject({ id: null, error: { code: -32600 } });
  });
});

describe('a wrong call is answered in words that say what would be right', () => {
  it.each([
    [{ command: 'true', ...backup }, /command belongs inside parameters/],
    [{ ...backup, timeoutMs: 5 }, /timeoutMs belongs inside policies/],
    [{ ...backup, timezon: 'UTC' }, /timezon does not exist; did you mean timezone\?/],
    [{ ...backup, policies: { timeout: 5 } }, /policies\.timeout does not exist; did you mean timeoutMs\?/],
    [{ ...backup, policies: { retries: { count: 1, delay: 5 } } }, /policies\.retries\.delay .* delayMs\?/],
    [{ ...backup, parameters: 'rm' }, /parameters must be an object, not text/],
    [{ name: 'x' }, /schedule is required; tool is required; parameters is required/],
    ['text', /Invalid parameters|"params"|arguments/],
  ])('%j', async (given, said) => {
    await connect();
    const answer = (await client.ask(call(1, 'create', given))) as RpcAnswer;
    expect(textOf(answer) + (answer.error?.message ?? '')).toMatch(said);
    expect((await application.tasks()).list()).toEqual([]);
  });

  it('an object that is sent as JSON text is accepted', async () => {
    await connect();
    const given = { ...backup, parameters: '{"command": "true"}', policies: '{"timeoutMs": 5000}', tags: '["a"]' };
    await client.ask(call(1, 'create', given));
    expect((await application.tasks()).list()).toMatchObject([
      { parameters: { command: 'true' }, policies: { timeoutMs: 5000 }, tags: ['a'] },
    ]);
  });

  it('no arguments may be null', async () => {
    await connect();
    expect(textOf(await client.ask(call(1, 'list', null)))).toContain('0 tasks');
  });

  it('a tool that does not exist is answered with the one that was meant', async () => {
    await connect();
    expect(await client.ask(call(1, 'lst'))).toMatchObject({
      error: { code: -32602, message: expect.stringContaining('Did you mean "list"?') as string },
    });
  });

  it('a tool that --read-only hides says why', async () => {
    await connect({ readOnly: true });
    expect(await client.ask(call(1, 'create', backup))).toMatchObject({
      error: { message: expect.stringMatching(/"create" changes or runs.*--read-only/) as string },
    });
  });

  it('more members than any real call has are refused', async () => {
    await connect();
    const flood = { ...backup, parameters: { args: Array.from({ length: 30_000 }, () => 'x') } };
    expect(textOf(await client.ask(call(1, 'create', flood)))).toContain('more than 20000 members');
  });

  it('noise between the lines is ignored', async () => {
    await connect();
    client.send('not JSON');
    client.send('"text"');
    expect(textOf(await client.ask(call(1, 'list')))).toContain('0 tasks');
  });
});
