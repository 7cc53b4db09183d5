import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TaskDraftInput } from '../../contract/task.ts';
import type { AccessRequest, AccessStatus } from '../../ports/access-status.ts';
import type { StatusCommand } from '../../ports/status-command.ts';
import { memoryApplication, quietListener, type MemoryApplication } from '../../testing/memory-application.ts';

const minute = 60_000;
let application: MemoryApplication;
let stop: () => Promise<void>;
let asked: string[];
let exitCode: number | null;
let access: AccessStatus;
beforeEach(async () => {
  application = memoryApplication('2026-11-23T07:30:00.000Z');
  [asked, exitCode] = [[], 0];
  const statusCommand: StatusCommand = (program, args, { env }) => {
    asked.push([program, ...args].join(' ') + (env['PATH'] === undefined ? ' without PATH' : ''));
    return Promise.resolve(exitCode);
  };
  access = () => Promise.resolve(null);
  Object.assign(application.outside, { statusCommand, accessStatus: (request: AccessRequest) => access(request) });
  const primary = await application.lead({ listener: quietListener, show: () => undefined });
  primary.start();
  ({ stop } = primary);
});
afterEach(async () => {
  await stop();
  application.dispose();
});

async function create(draft: Partial<TaskDraftInput>): Promise<string> {
  const tasks = await application.tasks();
  const base = {
    name: 'Digest',
    schedule: 'daily at 9',
    timezone: 'UTC',
    tool: 'shell:run',
    parameters: { command: 'true' },
  };
  return (await tasks.create({ ...base, ...draft }, 'test', { validate: false })).task.id;
}
/** Lets this many minutes pass, with everything that is due meanwhile. */
async function pass(minutes: number): Promise<void> {
  for (let n = 0; n < minutes; n += 5) {
    application.clock.advance(5 * minute);
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  }
}
const attention = async (id: string) => (await (await application.tasks()).get(id)).task.attention ?? [];
const agent = { tool: 'agent:run', parameters: { agent: 'claude-code', prompt: 'Sum up' } };

describe('an hour before its slot, a task', () => {
  it('that cannot sign in needs attention until it can, and only then', async () => {
    const id = await create(agent);
    exitCode = 1;
    await pass(25);
    expect(asked).toEqual([]);
    await pass(15);
    expect(await attention(id)).toMatchObject([
      {
        kind: 'credentials',
        message: 'Its next run would fail: Claude Code is signed out. Sign in again: claude auth login',
      },
    ]);
    expect(new Set(asked)).toEqual(new Set(['claude auth status']));
    exitCode = 0;
    await pass(10);
    expect(await attention(id)).toEqual([]);
    const looks = asked.length;
    await pass(20);
    expect(asked).toHaveLength(looks);
    expect(application.ledger.list({ taskId: id, limit: 5, offset: 0 }).total).toBe(0);
  });

  it.each([
    ['an agent that does not say', { ...agent, parameters: { agent: 'goose', prompt: 'x' } }],
    [
      'an agent with a program of its own',
      { ...agent, parameters: { ...agent.parameters, command: ['wrap', 'claude'] } },
    ],
    ['a task without credentials', {}],
  ])('%s is not asked', async (_, draft) => {
    const id = await create(draft);
    exitCode = 1;
    await pass(60);
    expect({ asked, attention: await attention(id) }).toEqual({ asked: [], attention: [] });
  });

  it('is not called signed out if its agent does not answer', async () => {
    const id = await create(agent);
    exitCode = null;
    await pass(60);
    expect(await attention(id)).toEqual([]);
  });

  it('that refers to a missing secret says which, and a stored one ends it', async () => {
    const headers = { Authorization: '${secret:SHOP}' };
    const id = await create({ tool: 'http:request', parameters: { url: 'https://shop.test', headers } });
    await pass(40);
    expect((await attention(id))[0]).toMatchObject({
      kind: 'credentials',
      message: expect.stringContaining('SHOP') as string,
    });
    (await application.secrets()).set('SHOP', 'tok-123');
    await pass(10);
    expect(await attention(id)).toEqual([]);
  });

  it('whose server refuses its token says so, asks again only with another one, and only by HEAD', async () => {
    const requests: AccessRequest[] = [];
    const accepted = 'Bearer new';
    access = (request) => {
      requests.push(request);
      return Promise.resolve(request.headers['Authorization'] === accepted ? 405 : 401);
    };
    (await application.secrets()).set('SHOP', 'old');
    const headers = { Authorization: 'Bearer ${secret:SHOP}' };
    const parameters = { url: 'https://shop.test/orders', method: 'POST', headers };
    const id = await create({ tool: 'http:request', parameters });
    await pass(45);
    expect((await attention(id))[0]?.message).toBe(
      'Its next run would fail: https://shop.test refuses the credentials of this task (status 401). Store the new one: ncp-scheduler secrets set SHOP',
    );
    expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual(['HEAD https://shop.test/orders']);
    (await application.secrets()).set('SHOP', 'new');
    await pass(5);
    expect(await attention(id)).toEqual([]);
  });

  it.each([
    ['an HTTP task without credentials', { url: 'https://a.test' }],
    ['one that waits for 401', { url: 'https://u:p@a.test', expectStatus: [401, 200] }],
    // Such a path is the address of a check, and a HEAD would count as its ping.
    ['one with a secret in its path', { url: 'https://hc.test/${secret:PING}?to=${secret:PING}' }],
    ['one with a secret in its body', { url: 'https://a.test', method: 'POST', body: '${secret:PING}' }],
  ])('%s is not asked about at its address', async (_, parameters) => {
    const requests: AccessRequest[] = [];
    access = (request) => Promise.resolve(requests.push(request) && 401);
    (await application.secrets()).set('PING', 'uuid');
    await create({ tool: 'http:request', parameters });
    await pass(60);
    expect(requests).toEqual([]);
  });

  it.each([
    [{ url: 'https://u:${secret:PASS}@a.test/${secret:PATH}' }, 'PASS'],
    [{ url: 'https://a.test/${secret:PATH}?at=@', headers: { 'X-Api-Key': '${secret:PASS}' } }, 'PASS'],
    [{ url: 'https://u:p@a.test/${secret:PATH}', body: '${secret:PATH}' }, null],
  ])('is told to renew only the secret that the server refused: %j', async (parameters, name) => {
    access = () => Promise.resolve(401);
    const secrets = await application.secrets();
    for (const each of ['PASS', 'PATH']) secrets.set(each, 'old');
    const id = await create({ tool: 'http:request', parameters });
    await pass(45);
    const how =
      name === null
        ? 'Renew it in the parameters of the task.'
        : `Store the new one: ncp-scheduler secrets set ${name}`;
    expect((await attention(id))[0]?.message.endsWith(`(status 401). ${how}`)).toBe(true);
  });

  it('whose MCP server refuses its key says so', async () => {
    const requests: AccessRequest[] = [];
    access = (request) => Promise.resolve(requests.push(request) && 401);
    const notes = { url: 'https://mcp.test/mcp', headers: { 'X-Api-Key': 'k' } };
    application.settings.update({ mcpServers: { notes } });
    const id = await create({ tool: 'notes:sum', parameters: {} });
    await pass(40);
    // Its first look loads the sign-ins.
    await vi.waitFor(async () => expect(await attention(id)).toHaveLength(1), 10_000);
    expect((await attention(id))[0]?.message).toMatch(/"notes" refuses its key .*headers of this server/);
    expect(requests).toMatchObject([{ method: 'GET', url: notes.url, headers: notes.headers }]);
  });

  it('is not looked at if the setting says never, or while it is paused', async () => {
    application.settings.update({ credentialCheckMs: 0 });
    const id = await create(agent);
    exitCode = 1;
    await pass(60);
    expect(asked).toEqual([]);
    application.settings.update({ credentialCheckMs: 3_600_000 });
    await (await application.tasks()).pause(id, {}, 'test');
    await pass(20);
    expect(asked).toEqual([]);
  });
});
