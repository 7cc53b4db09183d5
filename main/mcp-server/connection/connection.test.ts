import { afterEach, beforeEach, expect, it } from 'vitest';
import { connectClient } from '../../testing/mcp-harness.ts';
import { memoryApplication, type MemoryApplication } from '../../testing/memory-application.ts';

const draft = { name: 'Backup', schedule: 'every day at 9am', tool: 'shell:run', parameters: { command: 'true' } };
let application: MemoryApplication;
beforeEach(() => {
  application = memoryApplication();
});
afterEach(() => application.dispose());

it('puts the prefix before the name of each tool, and still takes the names without it', async () => {
  const { client, close } = await connectClient(application, { toolPrefix: 'schedule_' });
  const { tools } = await client.listTools();
  expect(tools.filter(({ name }) => !name.startsWith('schedule_'))).toEqual([]);
  for (const name of ['schedule_list', 'list'])
    expect((await client.callTool({ name, arguments: {} })).structuredContent).toMatchObject({ total: 0 });
  await close();
});

it('tells an agent that its proposal was decided, once it subscribed to it, and nothing after it unsubscribed', async () => {
  const { client, close, problems } = await connectClient(application, { permission: 'ask' });
  const told: string[] = [];
  client.setNotificationHandler('notifications/resources/updated', ({ params }) => void told.push(params.uri));
  const propose = async (name: string): Promise<string> => {
    const { structuredContent } = await client.callTool({ name: 'create', arguments: { ...draft, name } });
    return (structuredContent as { proposal: { id: string } }).proposal.id;
  };
  const [first, second] = [await propose('One'), await propose('Two')];
  for (const id of [first, second]) await client.subscribeResource({ uri: `schedule://proposals/${id}` });
  await client.unsubscribeResource({ uri: `schedule://proposals/${second}` });
  const { proposals } = await application.agents();
  proposals.reject(first, 'test', 'no');
  proposals.reject(second, 'test', 'no');
  application.clock.advance(60_000);
  await expect.poll(() => told).toEqual([`schedule://proposals/${first}`]);
  const [content] = (await client.readResource({ uri: `schedule://proposals/${first}` })).contents;
  expect(content).toMatchObject({ text: expect.stringContaining('rejected') as string });
  expect(problems).toEqual([]);
  await close();
});
