import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { anthropicModel } from './anthropic.ts';
import type { ApiAccess, OpenConversation } from './model-api.ts';
import { openAiModel } from './open-ai.ts';
import { chosenWishes, playWish } from './play-wish.ts';

interface Asked {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Readonly<Record<string, unknown>>;
}
type Said = { readonly call: readonly [name: string, input: unknown] } | { readonly text: string };

const servers: Server[] = [];
afterEach(() => servers.splice(0).forEach((server) => server.close()));

/** Starts an API that answers with these turns in order; a number is a refusal with that status, null breaks the connection off. */
async function standIn(turns: readonly (Said | number | null)[], written: (said: Said) => unknown) {
  const asked: Asked[] = [];
  const left = [...turns];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString()) as Asked['body'];
      asked.push({ path: request.url ?? '', headers: request.headers, body });
      const turn = left.length === 0 ? 500 : (left.shift() ?? null);
      if (turn === null) request.socket.destroy();
      else if (typeof turn === 'number') response.writeHead(turn, { 'retry-after': '7' }).end('slow down');
      else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(written(turn)));
    });
  });
  servers.push(server);
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(null)));
  const waits: number[] = [];
  const { port } = server.address() as AddressInfo;
  const access: ApiAccess = {
    ...{ baseUrl: `http://127.0.0.1:${port}`, key: 'k-1', model: 'm-1' },
    wait: (ms) => (waits.push(ms), Promise.resolve()),
  };
  return { asked, access, waits };
}

const asAnthropic = (said: Said) => ({
  content:
    'text' in said
      ? [{ type: 'text', text: said.text }]
      : [{ type: 'tool_use', id: 'toolu_1', name: said.call[0], input: said.call[1] }],
});
const asOpenAi = (said: Said) => ({
  choices: [
    {
      message:
        'text' in said
          ? { role: 'assistant', content: said.text }
          : {
              ...{ role: 'assistant', content: null },
              tool_calls: [
                {
                  ...{ id: 'call_1', type: 'function' },
                  function: { name: said.call[0], arguments: JSON.stringify(said.call[1]) },
                },
              ],
            },
    },
  ],
});
const apis: [string, (said: Said) => unknown, (access: ApiAccess) => OpenConversation][] = [
  ['Anthropic', asAnthropic, anthropicModel],
  ['OpenAI', asOpenAi, openAiModel],
];
const [midnight] = chosenWishes(['Every midnight.']);
if (midnight === undefined) throw new Error('there is no such wish');
const wished = { name: 'Wish', tool: 'shell:run', parameters: { command: 'true' } };
const right = { call: ['create', { ...wished, schedule: 'every day at midnight' }] } as const;
const wrong = { call: ['create', { ...wished, cronExpression: 'never' }] } as const;
const done = { text: 'It runs every midnight.' };

describe.each(apis)('a model behind the API of %s', (_name, written, modelOf) => {
  it('gets the tools, the wish and each answer, and is judged by the tasks', async () => {
    const { asked, access } = await standIn([wrong, right, done], written);
    const played = await playWish(midnight, modelOf(access));
    expect(played).toMatchObject({ wish: 'Every midnight.', calls: 2, wrong: [] });
    expect(played.errors).toEqual([expect.stringContaining('schedule/not-understood')]);
    expect(played.steps.map((step) => ('call' in step ? [step.call, step.isError] : step))).toEqual([
      ['create', true],
      ['create', false],
      { model: done.text },
    ]);
    const sent = JSON.stringify(asked.map(({ body }) => body));
    expect(asked).toHaveLength(3);
    expect(sent).toContain('Every midnight.');
    expect(sent).toContain('schedule/not-understood');
    expect(sent).toContain('"create"');
    expect(JSON.stringify(asked[0]?.headers)).toContain('k-1');
  });

  it('has failed if the tasks are not as they must be', async () => {
    const { access } = await standIn([done], written);
    expect((await playWish(midnight, modelOf(access))).wrong).toEqual(['Wish does not exist.']);
  });

  it('is stopped if it calls on and on', async () => {
    const { access } = await standIn(Array<Said>(50).fill({ call: ['list', {}] }), written);
    expect((await playWish(midnight, modelOf(access))).calls).toBe(12);
  });

  it('is asked again while its API is busy, after the time that it names, and not forever', async () => {
    const { access, waits } = await standIn([429, right, 529, done], written);
    expect(await playWish(midnight, modelOf(access))).toMatchObject({ calls: 1, wrong: [] });
    expect(waits).toEqual([7000, 7000]);
    const busy = await standIn(Array<number>(9).fill(503), written);
    await expect(playWish(midnight, modelOf(busy.access))).rejects.toThrow('answered 503');
    expect(busy.asked).toHaveLength(5);
  });

  it('is asked again if its API breaks the connection off, and not forever', async () => {
    const { access, waits } = await standIn([null, right, done], written);
    expect(await playWish(midnight, modelOf(access))).toMatchObject({ calls: 1, wrong: [] });
    expect(waits).toEqual([2000]);
    const gone = await standIn(Array<null>(9).fill(null), written);
    await expect(playWish(midnight, modelOf(gone.access))).rejects.toThrow('did not answer: other side closed');
    expect(gone.asked).toHaveLength(5);
  });

  it('says what its API answered if that is an error', async () => {
    const { access, asked } = await standIn([401, right], written);
    await expect(playWish(midnight, modelOf(access))).rejects.toThrow('answered 401: slow down');
    expect(asked).toHaveLength(1);
  });
});

it('has words for each of the sixty wishes', () => {
  expect(chosenWishes([])).toHaveLength(60);
  expect(chosenWishes(['nothing says this'])).toEqual([]);
});
