import type { Client } from '@modelcontextprotocol/client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { anExecution, anOutcome } from '../testing/ledger-samples.ts';
import { connectClient } from '../testing/mcp-harness.ts';
import { memoryApplication, type MemoryApplication } from '../testing/memory-application.ts';
import { ownTools } from './tool-table.ts';

/** 25,000 tokens, what Claude Code accepts by default. */
const mostOfAnswer = 100_000;
/** Clients send the list to their model with each conversation; half of what one answer may have. */
const mostOfToolList = 29_000;

let application: MemoryApplication;
let client: Client;
let close: () => Promise<void>;
beforeEach(async () => {
  application = memoryApplication();
  ({ client, close } = await connectClient(application, { permission: 'allow' }));
});
afterEach(async () => {
  await close();
  application.dispose();
});

const call = async (name: string, parameters: Record<string, unknown> = {}) => {
  const result = await client.callTool({ name, arguments: parameters });
  const [first] = result.content;
  const text = first?.type === 'text' ? first.text : '';
  expect(result.isError, text).not.toBe(true);
  expect(JSON.stringify(result).length, `${name} ${JSON.stringify(parameters)}`).toBeLessThan(mostOfAnswer);
  return { text, answer: result.structuredContent as Record<string, unknown> };
};
const draft = { schedule: 'every weekday at 9am', tool: 'shell:run', parameters: { command: 'true' } };

const add = async (name: string, more: Record<string, unknown> = {}) =>
  (await (await application.tasks()).create({ ...draft, name, ...more }, 'test', { validate: false })).task;

function addRun(taskId: string, executionId: string, outcome: Record<string, unknown> = {}): void {
  const started = anExecution({ executionId, taskId, slot: null, parameters: { command: 'x'.repeat(20_000) } });
  application.ledger.start(started);
  application.ledger.finish(executionId, { ...anOutcome(), ...outcome });
}

describe('text content, for clients that read nothing else', () => {
  it('has every entry of a page, and says how to read the next', async () => {
    for (let number = 1; number <= 18; number += 1) await add(`Task ${number}`);
    const first = await call('list', { limit: 12 });
    expect(first.text.match(/"Task \d+"/g)).toHaveLength(12);
    expect(first.text).toContain('offset 12');
    const { text } = await call('list', { limit: 12, offset: 12 });
    expect(text.match(/"Task \d+"/g)).toHaveLength(6);
    expect(text).not.toContain('More:');
    expect((await call('next', { job_id: 'Task 1', count: 20 })).text.match(/T09:00/g)).toHaveLength(20);
  });

  it('of one task has everything about it', async () => {
    const command = `echo ${'long '.repeat(200)}end`;
    const more = {
      description: 'Why',
      env: { A: 'b' },
      tags: ['t'],
      policies: { memoryMb: 99 },
      endDate: '2027-01-01T00:00:00.000Z',
    };
    await add('Whole', { parameters: { command }, ...more });
    const { text } = await call('get', { job_id: 'Whole' });
    for (const fact of [command, 'Why', '"A":"b"', '"t"', '"memoryMb":99', '2027-01-01', 'Next runs']) {
      expect(text).toContain(fact);
    }
  });

  it('of one run has its result, its exit code and where its log is', async () => {
    const task = await add('Run');
    addRun(task.id, 'run-1', { result: { answer: 42 }, exitCode: 3, status: 'failure', logPath: '/logs/run-1.log' });
    const { text } = await call('retrieve', { execution_id: 'run-1' });
    for (const fact of ['Exit code: 3', '{"answer":42}', 'call log with execution_id "run-1"'])
      expect(text).toContain(fact);
  });
});

describe('the largest answers', () => {
  it('hold no results in listings, and the whole result by the id of the run, in pieces', async () => {
    const task = await add('Large', { parameters: { command: 'y'.repeat(60_000) } });
    const result = { text: 'z'.repeat(1_000_000) };
    for (let run = 0; run < 60; run += 1) addRun(task.id, `run-${run}`, { result: run === 1 ? result : 'zzzz' });
    const listing = await call('executions', { limit: 200 });
    expect(JSON.stringify(listing.answer)).not.toContain('zzz');
    expect(listing.answer).toMatchObject({ total: 60 });
    await call('retrieve', { include: 'both', limit: 500 });
    await call('list');
    const found = await call('retrieve', { execution_id: 'run-1' });
    expect(found.answer).toMatchObject({ cut: ['result'] });
    let whole = '';
    for (let offset = 0; offset < 100_000;) {
      const { answer } = await call('retrieve', { execution_id: 'run-1', part: 'result', offset });
      const piece = answer['piece'] as { json: string; to: number; size: number };
      expect(piece.size).toBe(JSON.stringify(result).length);
      whole += piece.json;
      offset = piece.to;
    }
    expect(JSON.stringify(result).startsWith(whole)).toBe(true);
    expect((await call('get', { job_id: 'Large' })).answer).toMatchObject({ cut: ['parameters'] });
    const read = await client.readResource({ uri: 'schedule://executions/run-1' });
    expect(JSON.stringify(read).length).toBeLessThan(mostOfAnswer);
  });

  it('lead through all pages without a gap', async () => {
    for (let number = 0; number < 80; number += 1) await add(`Task ${number}`, { description: 'd'.repeat(2000) });
    const names: string[] = [];
    for (let offset: number | undefined = 0; offset !== undefined;) {
      const { answer } = await call('list', { limit: 500, offset });
      names.push(...(answer['tasks'] as { name: string }[]).map(({ name }) => name));
      offset = answer['nextOffset'] as number | undefined;
    }
    expect(names).toEqual(Array.from({ length: 80 }, (_, number) => `Task ${number}`));
  });

  it('a shortened text that is sent back is refused, so that it destroys nothing', async () => {
    await add('Long', { parameters: { command: 'x'.repeat(2000) } });
    const { answer } = await call('list');
    const [task] = answer['tasks'] as { parameters: object }[];
    const back = await client.callTool({ name: 'update', arguments: { job_id: 'Long', parameters: task?.parameters } });
    expect(back.isError).toBe(true);
    expect(JSON.stringify(back.content)).toMatch(/parameters\.command.*shortened/);
  });
});

it(`the list of tools has less than ${mostOfToolList} bytes, and describes every parameter`, async () => {
  const list = await client.listTools();
  const bytes = Buffer.byteLength(JSON.stringify(list));
  console.log(`list of ${list.tools.length} tools: ${bytes} bytes`);
  expect(bytes).toBeLessThan(mostOfToolList);
  for (const { name, inputSchema } of list.tools) {
    for (const [field, schema] of Object.entries(inputSchema.properties ?? {})) {
      expect({ name, field, schema }).toMatchObject({ schema: { description: expect.any(String) as string } });
    }
  }
  expect(list.tools).toHaveLength(ownTools.length);
});

it('the parameters of create have an example of each built-in tool that can be saved', async () => {
  const { tools } = await client.listTools();
  const create = tools.find(({ name }) => name === 'create');
  const { description } = (create?.inputSchema.properties ?? {})['parameters'] as { description: string };
  const examples = [...description.matchAll(/all of it: (\{.*?\})(?=\. |\.$)/g)].map(([, json = '']) => json);
  expect(examples).toHaveLength(3);
  for (const [index, tool] of ['shell:run', 'http:request', 'agent:run'].entries()) {
    const { answer } = await call('validate', { tool, parameters: JSON.parse(examples[index] ?? '') as object });
    expect(answer).toMatchObject({ valid: true });
  }
});
