import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LineClient } from '../../adapters/ssh/line-client.ts';
import { longestLine, mostCalls, type Greeting } from '../../contract/line-protocol.ts';
import { callPlace, type CallPlace } from '../../testing/call-examples.ts';
import { memoryApplication } from '../../testing/memory-application.ts';
import { contractHash } from './contract-hash.ts';
import { LineBinding } from './line-binding.ts';
import { serveLines } from './serve-lines.ts';

const machine = { name: 'server', user: 'person', platform: 'linux', timezone: 'UTC' };
const greeting: Greeting = { contract: contractHash(), version: '1.2.3', machine };

/** Serves these handlers to a client that only listens. */
function connected(handlers: ConstructorParameters<typeof LineBinding>[0]['handlers'], stop = new AbortController()) {
  const [toBinding, toClient] = [new PassThrough(), new PassThrough()];
  const binding = new LineBinding({
    ...{ handlers, greeting, stop: stop.signal },
    ...{ input: toBinding, output: toClient, report: () => undefined },
  });
  return { served: binding.serve(), toClient };
}

describe('a conversation', () => {
  let place: CallPlace;
  beforeEach(async () => {
    place = await callPlace();
  });
  afterEach(() => place.dispose());

  /** Returns the lines that are written to the output for these lines of input, once the input has ended. */
  async function answersTo(...lines: string[]): Promise<Record<string, unknown>[]> {
    const [input, output] = [new PassThrough(), new PassThrough()];
    const written: Buffer[] = [];
    output.on('data', (chunk: Buffer) => written.push(chunk));
    const { handlers } = place;
    const stop = new AbortController().signal;
    const served = new LineBinding({ handlers, greeting, stop, input, output, report: () => undefined }).serve();
    input.end(`${lines.join('\n')}\n`);
    await served;
    const texts = Buffer.concat(written).toString().trimEnd().split('\n');
    return texts.map((text) => JSON.parse(text) as Record<string, unknown>);
  }
  const request = (id: number, call = 'settings.get') => JSON.stringify({ id, call, input: {} });

  it('begins with a greeting, and answers everything that was asked before the input ended', async () => {
    const [hello, ...answers] = await answersTo(request(1), request(2));
    expect(hello).toEqual({ hello: greeting });
    expect(answers).toMatchObject([
      { id: 1, ok: true },
      { id: 2, ok: true },
    ]);
  });

  it.each([
    ['no JSON', '{"id": 1'],
    ['no object', '[1]'],
    ['no id', '{"call":"settings.get","input":{}}'],
    ['a very long id', JSON.stringify({ id: 'x'.repeat(101), call: 'settings.get' })],
    ['bytes that are no text', '\u0000\u00ff\u0007'],
    ['a line that is too long', 'x'.repeat(longestLine + 1)],
  ])('answers %s with an error, and goes on', async (_, line) => {
    const [, error, answer] = await answersTo(line, request(2));
    expect(error).toMatchObject({ id: null, ok: false, error: { code: 'usage/invalid-line' } });
    expect(answer).toMatchObject({ id: 2, ok: true });
  });

  it.each(['__proto__', 'constructor', 'nothing.here'])('refuses the call %s by name', async (call) => {
    expect(await answersTo(request(7, call))).toMatchObject([
      {},
      { id: 7, ok: false, error: { code: 'usage/unknown-call', message: `There is no call "${call}".` } },
    ]);
  });

  it('refuses more calls than may wait at once, and answers the others', async () => {
    const lines = Array.from({ length: mostCalls + 2 }, (_, index) => request(index));
    const answers = (await answersTo(...lines)).slice(1);
    expect(answers.filter(({ ok }) => ok === true)).toHaveLength(mostCalls);
    expect(answers.filter(({ ok }) => ok === false)).toMatchObject([
      { id: mostCalls, error: { code: 'usage/too-many-calls' } },
      { id: mostCalls + 1, error: { code: 'usage/too-many-calls' } },
    ]);
  });

  it('ends when it is asked to stop, and when the client no longer reads', async () => {
    const stop = new AbortController();
    const asked = connected(place.handlers, stop);
    stop.abort();
    await asked.served;
    const gone = connected(place.handlers);
    gone.toClient.destroy(new Error('EPIPE'));
    await gone.served;
  });
});

describe('a served application', () => {
  const application = memoryApplication();
  afterEach(() => application.dispose());

  it('sends what changes, refuses what only a desktop can do, and fires nothing', async () => {
    const [stdin, stdout] = [new PassThrough(), new PassThrough()];
    const options = { application, machine, stdin, stdout, stop: new AbortController().signal, log: () => undefined };
    const served = serveLines(options);
    const events: string[] = [];
    const client = new LineClient({
      ...{ input: stdout, output: stdin, onGreeting: () => undefined, onGarbage: () => undefined },
      onEvent: (name) => events.push(name),
    });
    const task = { name: 'Often', schedule: 'every minute', tool: 'shell:run', parameters: { command: 'true' } };
    expect(await client.call('tasks.create', task)).toMatchObject({ ok: true });
    application.clock.advance(600_000);
    await expect.poll(() => events).toContain('schedule.changed');
    expect(application.ledger.list({ limit: 1, offset: 0 }).total).toBe(0);
    const refused = await client.call('app.chooseDirectory', {});
    expect(refused).toMatchObject({ ok: false, error: { code: 'desktop/not-available' } });
    stdin.end();
    await served;
    expect(application.clock.pending()).toEqual([]);
  });
});
