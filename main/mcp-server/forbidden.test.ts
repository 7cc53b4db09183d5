import { afterEach, beforeEach, expect, it } from 'vitest';
import { memoryApplication, type MemoryApplication } from '../testing/memory-application.ts';
import { rawClient, type RawClient, type RpcAnswer } from '../testing/raw-mcp-client.ts';

/** An agent that may do all that an agent may do. */
let application: MemoryApplication;
let client: RawClient;
beforeEach(async () => {
  application = memoryApplication();
  client = await rawClient(application, { permission: 'allow' });
});
afterEach(async () => {
  await client.close();
  application.dispose();
});

const ask = async (method: string, params: object): Promise<RpcAnswer> =>
  (await client.ask({ jsonrpc: '2.0', id: 1, method, params })) as RpcAnswer;

it.each([
  ...['approve', 'reject', 'approve_proposal', 'clients_set', 'set_permission', 'settings_set', 'secrets_set'],
  ...['secrets_get', 'import', 'undo', 'restore', 'uninstall', '_timing-run', 'tasks.create', 'CREATE', 'create '],
  ...['__proto__', 'constructor', 'toString', ''],
])('there is no tool "%s", for no agent', async (name) => {
  const before = JSON.stringify([application.store.read(), application.settings.read()]);
  const answer = await ask('tools/call', { name, arguments: { id: 'a', permission: 'allow', client: 'raw' } });
  expect(answer.error ?? answer.result).toMatchObject(answer.error ? { code: -32602 } : { isError: true });
  expect(JSON.stringify([application.store.read(), application.settings.read()])).toBe(before);
});

it.each([
  ...['schedule://tasks/../../secrets.json', 'schedule://tasks/..%2F..%2Fsecrets.json', 'schedule://tasks/__proto__'],
  ...[
    'schedule://executions/constructor/log',
    'schedule://executions/..%2F..%2F..%2Fetc%2Fpasswd/log',
    'schedule://../x',
  ],
  ...['file:///etc/passwd', 'schedule:///etc/passwd', '/etc/passwd', ''],
])('the resource "%s" leads to no file', async (uri) => {
  const { error } = await ask('resources/read', { uri });
  expect(error?.code).toBeOneOf([-32002, -32602]);
});
