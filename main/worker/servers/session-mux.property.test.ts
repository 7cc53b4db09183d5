import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fakeClock } from '../../testing/fake-clock.ts';
import { SessionMux } from './session-mux.ts';

interface Sent {
  readonly id?: number;
  readonly method?: string;
  readonly params?: { readonly word?: string; readonly _meta?: { readonly progressToken?: number } };
}

/** A mux between runs and a server, both played by the test. */
function world() {
  const clock = fakeClock();
  const toServer: Sent[] = [];
  const frames: { run: string | null; message: Record<string, unknown> }[] = [];
  const garbage: string[] = [];
  const retired: string[] = [];
  const mux = new SessionMux({
    toServer: (line) => void toServer.push(JSON.parse(line) as Sent),
    toRun: (run, event) => {
      if (event.kind === 'garbage') garbage.push(event.text);
      if (event.kind === 'frame') frames.push({ run, message: JSON.parse(event.text) as Record<string, unknown> });
    },
    setTimer: (callback, delayMs) => clock.setTimer(callback, delayMs),
    onReady: () => undefined,
    onRetired: (reason) => void retired.push(reason),
  });
  const from = (run: string, message: object) => mux.fromRun(run, JSON.stringify({ jsonrpc: '2.0', ...message }));
  const serves = (message: object) => mux.fromServer(JSON.stringify({ jsonrpc: '2.0', ...message }));
  /** Lets a run join and begin its session, which the server answers. */
  const begins = (run: string) => {
    mux.join(run);
    from(run, { id: 0, method: 'initialize', params: {} });
    for (const { id, method } of toServer.splice(0)) if (method === 'initialize') serves({ id, result: { ready: 1 } });
    from(run, { method: 'notifications/initialized' });
    toServer.splice(0);
    frames.splice(0);
  };
  return { clock, mux, toServer, frames, garbage, retired, from, serves, begins };
}

const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('call' as const), run: fc.nat(4) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('answer' as const), which: fc.nat(20) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('progress' as const), which: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cancel' as const), which: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('leave' as const), run: fc.nat(4) }) },
);

describe('runs that share a session', () => {
  it('get exactly the answers and the progress of their own calls, in any order, with cancelled calls among them', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const { from, serves, begins, toServer, frames, mux, garbage } = world();
        const alive = new Set<string>();
        /** Calls that the server has not answered, with what it knows of them. */
        const open: { run: string; own: number; id: number; token: number; word: string; cancelled: boolean }[] = [];
        const ownIds = new Map<string, number>();
        let count = 0;
        for (const todo of steps) {
          frames.splice(0);
          if (todo.kind === 'call') {
            const run = `run-${todo.run}`;
            if (!alive.has(run)) begins(run);
            alive.add(run);
            count += 1;
            const word = `word-${count}`;
            // Every run counts for itself, so ids of different runs are the same.
            const own = 1 + (ownIds.get(run) ?? 0);
            ownIds.set(run, own);
            from(run, { id: own, method: 'tools/call', params: { word, _meta: { progressToken: own } } });
            const sent = toServer.splice(0).find(({ method }) => method === 'tools/call');
            const { id = -1, params } = sent ?? {};
            open.push({ run, own, id, token: params?._meta?.progressToken ?? -1, word, cancelled: false });
            expect(params?.word).toBe(word);
            continue;
          }
          if (todo.kind === 'leave') {
            const run = `run-${todo.run}`;
            mux.leave(run);
            alive.delete(run);
            for (const call of open) if (call.run === run) call.cancelled = true;
            for (const { id, method } of toServer.splice(0)) if (method === 'ping') serves({ id, result: {} });
            continue;
          }
          const call = open[todo.which % Math.max(1, open.length)];
          if (call === undefined) continue;
          if (todo.kind === 'cancel') {
            if (!call.cancelled) from(call.run, { method: 'notifications/cancelled', params: { requestId: call.own } });
            call.cancelled = true;
            for (const { id, method } of toServer.splice(0)) if (method === 'ping') serves({ id, result: {} });
            continue;
          }
          if (todo.kind === 'progress') {
            serves({ method: 'notifications/progress', params: { progressToken: call.token, progress: 1 } });
            const params = { progressToken: call.own, progress: 1 };
            expect(frames).toEqual(
              call.cancelled
                ? []
                : [{ run: call.run, message: { jsonrpc: '2.0', method: 'notifications/progress', params } }],
            );
            continue;
          }
          open.splice(open.indexOf(call), 1);
          serves({ id: call.id, result: call.word });
          expect(frames).toEqual(
            call.cancelled ? [] : [{ run: call.run, message: { jsonrpc: '2.0', id: call.own, result: call.word } }],
          );
        }
        expect(new Set(open.map(({ id }) => id)).size).toBe(open.length);
        expect(garbage).toEqual([]);
      }),
    );
  });
});

describe('a session', () => {
  it('begins once: later runs get the first answer of the server', () => {
    const { mux, from, serves, toServer, frames } = world();
    for (const run of ['a', 'b']) {
      mux.join(run);
      from(run, { id: run === 'a' ? 0 : 7, method: 'initialize', params: {} });
    }
    expect(toServer.map(({ method }) => method)).toEqual(['initialize']);
    serves({ id: toServer[0]?.id, result: { ready: 1 } });
    for (const run of ['a', 'b']) from(run, { method: 'notifications/initialized' });
    mux.join('c');
    from('c', { id: 3, method: 'initialize', params: {} });
    const opened = (run: string, id: number) => ({ run, message: { jsonrpc: '2.0', id, result: { ready: 1 } } });
    expect(frames).toEqual([opened('a', 0), opened('b', 7), opened('c', 3)]);
    expect(toServer.map(({ method }) => method)).toEqual(['initialize', 'notifications/initialized']);
  });

  it('gets no further runs if the server does not answer a ping after a cancelled call', () => {
    const { from, begins, clock, retired, toServer } = world();
    begins('a');
    from('a', { id: 1, method: 'tools/call' });
    from('a', { method: 'notifications/cancelled', params: { requestId: 1 } });
    expect(toServer.map(({ method }) => method)).toEqual(['tools/call', 'notifications/cancelled', 'ping']);
    clock.advance(4999);
    expect(retired).toEqual([]);
    clock.advance(1);
    expect(retired).toEqual(['does not answer since a call was cancelled']);
  });

  it('continues if the server refuses the ping, because that is an answer', () => {
    const { from, begins, clock, retired, toServer, serves } = world();
    begins('a');
    from('a', { id: 1, method: 'tools/call' });
    from('a', { method: 'notifications/cancelled', params: { requestId: 1 } });
    serves({ id: toServer.at(-1)?.id, error: { code: -32601, message: 'unknown: ping' } });
    clock.advance(60_000);
    expect(retired).toEqual([]);
  });

  it('gets no further runs if the server refuses the first message, or the run refuses its answer', () => {
    const first = world();
    first.mux.join('a');
    first.from('a', { id: 0, method: 'initialize' });
    first.serves({ id: first.toServer[0]?.id, error: { code: 1, message: 'no licence' } });
    expect(first.retired).toEqual(['refused to start']);
    const second = world();
    second.mux.join('a');
    second.from('a', { id: 0, method: 'initialize' });
    second.serves({ id: second.toServer[0]?.id, result: { protocolVersion: '1999-01-01' } });
    second.mux.leave('a');
    expect(second.retired).toEqual(['could not be used by a run']);
  });

  it('answers what the server asks, and shows it to every run', () => {
    const { serves, begins, toServer, frames, from } = world();
    begins('a');
    serves({ id: 'x', method: 'ping' });
    serves({ id: 'y', method: 'roots/list' });
    expect(toServer).toEqual([
      { jsonrpc: '2.0', id: 'x', result: {} },
      { jsonrpc: '2.0', id: 'y', error: { code: -32601, message: 'Method not found' } },
    ]);
    expect(frames).toEqual([{ run: null, message: { jsonrpc: '2.0', id: 'y', method: 'roots/list' } }]);
    from('a', { id: 'y', error: { code: -32601, message: 'Method not found' } });
    expect(toServer).toHaveLength(2);
  });

  it('shows every run what belongs to none', () => {
    const { mux, serves, begins, frames, garbage } = world();
    begins('a');
    mux.fromServer('Welcome!');
    mux.fromServer('{}');
    mux.fromServer('  ');
    serves({ id: 99, result: {} });
    expect(garbage).toEqual(['Welcome!', '{}', '{"jsonrpc":"2.0","id":99,"result":{}}']);
    serves({ method: 'notifications/message', params: { level: 'info', data: 'hi' } });
    expect(frames.map(({ run }) => run)).toEqual([null]);
  });
});

it('a large answer is passed on whole, however many escapes it has', () => {
  const { mux, from, begins, toServer, frames, garbage } = world();
  begins('a');
  from('a', { id: 1, method: 'tools/call' });
  const text = '\n'.repeat(4_000_000);
  mux.fromServer(JSON.stringify({ jsonrpc: '2.0', id: toServer[0]?.id, result: { text } }));
  expect(garbage).toEqual([]);
  const [{ run, message } = { run: null, message: {} }] = frames;
  // `toEqual` would print eight million characters.
  expect([run, message['id'], (message['result'] as { text: string }).text === text]).toEqual(['a', 1, true]);
});

describe('what a server nests too deep', () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;

  it('ends the call that it answers with the reason, and costs no other run anything', () => {
    const { mux, toServer, frames, from, serves, begins } = world();
    begins('a');
    begins('b');
    from('a', { id: 1, method: 'tools/call' });
    from('b', { id: 1, method: 'tools/call' });
    const [ofA, ofB] = toServer.map(({ id }) => id);
    mux.fromServer(`{"jsonrpc":"2.0","id":${ofA},"result":${deep}}`);
    serves({ id: ofB, result: { done: 1 } });
    expect(frames.map(({ run, message: { id, error, result } }) => ({ run, id, error, result }))).toEqual([
      { run: 'a', id: 1, error: { code: -32603, message: 'the answer is nested deeper than 1000 levels' } },
      { run: 'b', id: 1, result: { done: 1 } },
    ]);
  });

  it('is passed on as a line that is no message if nobody waits for it', () => {
    const { mux, garbage, frames, begins } = world();
    begins('a');
    const line = `{"jsonrpc":"2.0","method":"notifications/message","params":${deep}}`;
    mux.fromServer(line);
    expect({ garbage, frames }).toEqual({ garbage: [line], frames: [] });
  });
});
