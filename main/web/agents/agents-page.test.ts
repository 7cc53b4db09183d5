import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebFixture } from '../testing/web-fixture.ts';

const refusal = (code: string) => ({ ok: false, error: { code } });
const draft = { name: 'Backup', schedule: 'every day at 9am', tool: 'shell:run', parameters: { command: 'true' } };
const initialize = JSON.stringify({
  ...{ jsonrpc: '2.0', id: 1, method: 'initialize' },
  params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'c', version: '1' } },
});

type Mode = 'legacy' | 'auto';

async function connect(web: WebFixture, secret: string, mode: Mode = 'legacy'): Promise<Client> {
  const headers = { authorization: `Bearer ${secret}` };
  const client = new Client({ name: 'claude-code', version: '2.1' }, { versionNegotiation: { mode } });
  await client.connect(new StreamableHTTPClientTransport(new URL(`${web.origin}/mcp`), { requestInit: { headers } }));
  onTestFinished(() => client.close());
  return client;
}

const agentToken = async (web: WebFixture, name = 'laptop', readOnly = false): Promise<string> =>
  (await web.application.webTokens()).create(name, readOnly, 'agent').secret;

const post = (web: WebFixture, headers: Record<string, string>) =>
  web.ask('/mcp', {
    ...{ method: 'POST', body: initialize, withoutOrigin: true },
    headers: { accept: 'application/json, text/event-stream', ...headers },
  });

describe.each<Mode>(['legacy', 'auto'])('an agent over HTTP, by the official client (%s)', (mode) => {
  it('proposes under the name of its token, whatever it calls itself, and reads what was decided', async () => {
    const web = await WebFixture.start();
    const { clients, proposals } = await web.application.agents();
    clients.change('claude-code', { permission: 'allow' }, 'test');
    const client = await connect(web, await agentToken(web), mode);
    const { structuredContent } = await client.callTool({ name: 'create', arguments: draft });
    const { id } = (structuredContent as { proposal: { id: string } }).proposal;
    expect(web.application.store.read().tasks).toEqual({});
    expect(proposals.get(id)).toMatchObject({ client: 'laptop', state: 'pending' });
    const read = await client.readResource({ uri: `schedule://proposals/${id}` });
    expect(JSON.stringify(read)).toContain('pending');
    const other = await connect(web, await agentToken(web, 'desk'), mode);
    await expect(other.readResource({ uri: `schedule://proposals/${id}` })).rejects.toThrow(/no such proposal/);
  });

  it('with a read-only token, is offered no tool that changes anything', async () => {
    const web = await WebFixture.start();
    const secret = (await web.application.webTokens()).create('wall', true).secret;
    const client = await connect(web, secret, mode);
    const { tools } = await client.listTools();
    expect(tools.filter(({ annotations }) => annotations?.readOnlyHint !== true)).toEqual([]);
    await expect(client.callTool({ name: 'create', arguments: draft })).rejects.toThrow(/read-only/);
  });

  it('is refused from the moment at which its token is revoked', async () => {
    const web = await WebFixture.start();
    const client = await connect(web, await agentToken(web), mode);
    (await web.application.webTokens()).revoke('laptop');
    await expect(client.callTool({ name: 'list', arguments: {} })).rejects.toThrow();
  });
});

it('an agent is notified of a task whose run ended, and of nothing to which it did not subscribe', async () => {
  const web = await WebFixture.start();
  const { task } = await (await web.application.tasks()).create(draft, 'test');
  const client = await connect(web, await agentToken(web));
  const told: string[] = [];
  client.setNotificationHandler('notifications/resources/updated', ({ params }) => void told.push(params.uri));
  await client.subscribeResource({ uri: `schedule://tasks/${task.id}` });
  const { executionId } = await (await web.application.runs()).trigger(task.id, { trigger: 'manual' });
  web.application.clock.advance(60_000);
  await expect.poll(() => told).toContain(`schedule://tasks/${task.id}`);
  expect(told).not.toContain(`schedule://executions/${executionId}`);
});

describe('the address /mcp', () => {
  it('refuses requests without a token, with a wrong one, and with one that signs in a person', async () => {
    const web = await WebFixture.start();
    const person = (await web.application.webTokens()).create('phone', false).secret;
    const refused = { status: 401, json: refusal('web/wrong-token') };
    expect(await post(web, {})).toMatchObject(refused);
    expect(await post(web, { authorization: 'Bearer ncp_wrong' })).toMatchObject(refused);
    expect(await post(web, { cookie: await web.signIn() })).toMatchObject(refused);
    expect(await post(web, { authorization: `Bearer ${person}` })).toMatchObject({ ...refused, status: 403 });
  });

  it('refuses a page of another site and a foreign name, even with a token', async () => {
    const web = await WebFixture.start();
    const authorization = `Bearer ${await agentToken(web)}`;
    expect((await post(web, { authorization })).status).toBe(200);
    expect(await post(web, { authorization, origin: 'https://evil.example' })).toMatchObject({ status: 403 });
    expect(await post(web, { authorization, host: 'evil.example' })).toMatchObject({ status: 421 });
  });

  it('keeps the session of a token from other tokens', async () => {
    const web = await WebFixture.start();
    const first = await post(web, { authorization: `Bearer ${await agentToken(web)}` });
    const session = String(first.headers['mcp-session-id']);
    const other = { authorization: `Bearer ${await agentToken(web, 'desk')}`, 'mcp-session-id': session };
    expect(await post(web, other)).toMatchObject({ status: 404 });
  });

  it('is limited to ten wrong tokens', async () => {
    const web = await WebFixture.start();
    const attempt = async () => (await post(web, { authorization: 'Bearer ncp_wrong' })).status;
    for (let index = 0; index < 10; index += 1) expect(await attempt()).toBe(401);
    expect(await attempt()).toBe(429);
  });
});

it('the token of an agent signs in no browser', async () => {
  const web = await WebFixture.start();
  const secret = await agentToken(web);
  await expect(web.signIn(secret)).rejects.toThrow('401');
});

it('a token for an agent has a name that no other agent can have', async () => {
  const web = await WebFixture.start();
  const tokens = await web.application.webTokens();
  expect(() => tokens.create('büro', false, 'agent')).toThrow(/ASCII/);
});
