import type { Client } from '@modelcontextprotocol/client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectClient } from '../testing/mcp-harness.ts';
import { memoryApplication } from '../testing/memory-application.ts';
import type { MemoryApplication } from '../testing/memory-application.ts';

let application: MemoryApplication;
let client: Client;
let close: () => Promise<void>;
/** The forms that the person saw, and what they answered. */
let asked: { message: string; requestedSchema: { properties: object } }[];
let answer: { action: 'accept' | 'decline'; content?: Record<string, string> };
beforeEach(() => {
  application = memoryApplication();
  asked = [];
});
afterEach(async () => {
  await close();
  application.dispose();
});

let protocol: string | null = null;

async function connect(showsForms: boolean, permission: 'allow' | 'none' = 'allow'): Promise<void> {
  const capabilities = showsForms ? { elicitation: {} } : {};
  const version = protocol === null ? {} : { protocol };
  ({ client, close } = await connectClient(application, { permission, capabilities, ...version }));
  if (!showsForms) return;
  client.setRequestHandler('elicitation/create', ({ params }) => {
    asked.push(params as (typeof asked)[number]);
    return answer;
  });
}
const call = async (name: string, parameters: Record<string, unknown>) => {
  const { content, isError = false } = await client.callTool({ name, arguments: parameters });
  const [first] = content;
  return { isError, text: first?.type === 'text' ? first.text : '' };
};
const shell = { schedule: 'daily at 9', tool: 'shell:run', parameters: { command: 'true' } };
const names = () => Object.values(application.store.read().tasks).map(({ name }) => name);

// Since 2026-07-28 the server answers a call with what it needs, and the client calls again with the answers.
describe.each([
  ['with a handshake', null],
  ['of 2026-07-28', '2026-07-28'],
])('a client %s', (_name, version) => {
  beforeEach(() => {
    protocol = version;
  });

  it('asks the person for the name of a task, and creates it with the answer', async () => {
    await connect(true);
    answer = { action: 'accept', content: { name: 'Back up', tool: 'http:request' } };
    expect((await call('create', shell)).isError).toBe(false);
    expect(asked).toMatchObject([
      { message: 'Create a task: one parameter is missing.', requestedSchema: { required: ['name'] } },
    ]);
    expect(Object.values(application.store.read().tasks)).toMatchObject([{ name: 'Back up', tool: 'shell:run' }]);
  });

  it('asks for a task and a run in words that a person knows', async () => {
    await connect(true);
    answer = { action: 'decline' };
    await call('pause', {});
    await call('cancel', {});
    expect(asked.map(({ requestedSchema }) => requestedSchema.properties)).toEqual([
      { job_id: { type: 'string', title: 'Task', description: 'Which task? Enter its name or ID.' } },
      { execution_id: { type: 'string', title: 'Run', description: 'Which run? Enter its ID.' } },
    ]);
  });

  it('answers with the error that the model reads if the person declines', async () => {
    await connect(true);
    answer = { action: 'decline' };
    expect(await call('pause', {})).toMatchObject({
      isError: true,
      text: expect.stringContaining('job_id is required') as string,
    });
    expect(asked).toHaveLength(1);
  });

  it.each([
    ['an object is missing, too', true, 'allow', { name: 'x' }],
    ['something else is wrong', true, 'allow', { ...shell, colour: 'red' }],
    ['there are too many members', true, 'allow', { ...shell, parameters: { list: Array(20_001).fill(0) } }],
    ['the client shows no forms', false, 'allow', shell],
    ['the agent may do nothing', true, 'none', shell],
  ] as const)('asks nobody if %s', async (_why, showsForms, permission, parameters) => {
    await connect(showsForms, permission);
    expect((await call('create', { ...parameters })).isError).toBe(true);
    expect({ asked, names: names() }).toEqual({ asked: [], names: [] });
  });
});
