import type { RequestListener } from 'node:http';
import { describe, expect, it } from 'vitest';
import type { CancelReason } from '../../contract/worker.ts';
import { recordingPath } from '../../testing/agent-recording.ts';
import { serveHttp, serveHttps } from '../../testing/http-servers/http-servers.ts';
import { hostile } from '../../testing/mcp-run.ts';
import { chosen, crashes, stops, wrongEnds, type EndCase } from '../../testing/run-ends.ts';
import { join } from 'node:path';

type End = EndCase['end'];
const success = (more: Partial<End> = {}): End => ({ status: 'success', ...more });
const failure = (code: string, says: RegExp, more: Partial<End> = {}): End => ({
  ...{ status: 'failure', code, says },
  ...more,
});

/** Every way to be stopped, and every signal that can end the worker, for runs that go on until then. */
function stoppedCases(runs: readonly Omit<EndCase, 'by' | 'end'>[]): EndCase[] {
  const all = [
    ...Object.entries(stops).map(([by, end]) => ({ by: by as CancelReason, end })),
    ...crashes.map(({ signal, end }) => ({ by: signal, end })),
  ];
  return runs.flatMap((run) => all.map(({ by, end }) => ({ ...run, way: `${run.way}, ended by ${by},`, by, end })));
}

/** Nothing listens there: port 2 is reserved for compressnet, and not among those that HTTP blocks. */
const refused = 'http://127.0.0.1:2/';

const answers: Readonly<Record<string, RequestListener>> = {
  '/ok': (_request, response) => response.end('fine'),
  '/empty': (_request, response) => response.writeHead(204).end(),
  '/moved': (_request, response) => response.writeHead(301, { location: '/ok' }).end(),
  '/loop': (_request, response) => response.writeHead(302, { location: '/loop' }).end(),
  '/nowhere': (_request, response) => response.writeHead(302, { location: refused }).end(),
  '/busy': (_request, response) => response.writeHead(503, { 'retry-after': '60' }).end('later'),
  '/closed': (request) => request.socket.destroy(),
  '/cut': (_request, response) => {
    response.writeHead(200, { 'content-length': '100' });
    response.write('half', () => response.destroy());
  },
  '/garbage': (request) => request.socket.end('this is no HTTP\r\n\r\n'),
  '/bad-gzip': (_request, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('no gzip'),
  '/hang': () => undefined,
  '/drip': (_request, response) => void response.writeHead(200).write('up\n'),
};
const httpServer: RequestListener = (request, response) => {
  const path = request.url ?? '';
  const status = /^\/status\/(\d+)$/.exec(path)?.[1];
  if (status !== undefined) return void response.writeHead(Number(status)).end(`it is ${status}`);
  answers[path]?.(request, response);
};

describe('http:request', () => {
  const request = (way: string, url: string, end: End, more: Record<string, unknown> = {}): EndCase => ({
    ...{ way, tool: 'http:request', parameters: { url, ...more }, end },
  });

  it('ends as the response says, and leaves nothing running', async () => {
    const origin = await serveHttp(httpServer);
    const [selfSigned, expired] = await Promise.all([
      serveHttps(httpServer, 'self-signed'),
      serveHttps(httpServer, 'expired'),
    ]);
    const noAnswer = (says: RegExp) => failure('http/no-answer', says);
    const wrong = await wrongEnds([
      request('answers', `${origin}/ok`, success({ log: / out fine/ })),
      request('answers with nothing', `${origin}/empty`, success({ log: /204/ })),
      request('answers 201', `${origin}/status/201`, success()),
      request('is moved', `${origin}/moved`, success({ log: /301/ })),
      request('answers with an expected status', `${origin}/status/404`, success(), { expectStatus: 404 }),
      ...[400, 401, 403, 404, 409, 418, 429, 500, 502].map((status) =>
        request(`answers ${status}`, `${origin}/status/${status}`, failure('http/status', new RegExp(`${status}`))),
      ),
      request('is busy', `${origin}/busy`, failure('http/status', /503/, { log: / out later/ })),
      request('expects another status', `${origin}/ok`, failure('http/status', /expected 201/), { expectStatus: 201 }),
      request('redirects forever', `${origin}/loop`, failure('http/too-many-redirects', /20/)),
      request('loses its body', `${origin}/moved`, failure('http/redirect-changes-method', /GET/), {
        ...{ method: 'POST', body: { a: 1 } },
      }),
      request('redirects to nothing', `${origin}/nowhere`, noAnswer(/ECONNREFUSED/)),
      request('is refused', refused, noAnswer(/ECONNREFUSED/)),
      request('uses a blocked port', 'http://127.0.0.1:1/', noAnswer(/port 1 belongs to another protocol/)),
      request('has no such host', 'http://nonesuch.invalid/', noAnswer(/nonesuch\.invalid/)),
      request('closes the connection', `${origin}/closed`, noAnswer(/closed/)),
      request('breaks off', `${origin}/cut`, failure('http/broken-answer', /./, { log: / out half/ })),
      request('is no HTTP', `${origin}/garbage`, noAnswer(/HTTP/)),
      request('is badly compressed', `${origin}/bad-gzip`, failure('http/broken-answer', /./)),
      request('is signed by itself', `${selfSigned}/ok`, noAnswer(/caFile|insecure/)),
      request('has an expired certificate', `${expired}/ok`, noAnswer(/expired/)),
      request('may be insecure', `${selfSigned}/ok`, success({ log: /not checked|insecure/i }), { insecure: true }),
      request('speaks no TLS', origin.replace('http', 'https'), noAnswer(/https|TLS/)),
      request('is no address', 'ftp://127.0.0.1/', failure('execution/bad-parameters', /url/)),
      request('has a body with GET', `${origin}/ok`, failure('execution/bad-parameters', /body/), { body: 'x' }),
    ]);
    expect(wrong).toEqual([]);
  });

  it('ends when it is stopped', async () => {
    const origin = await serveHttp(httpServer);
    const until = (way: string, url: string, up: RegExp) => ({
      ...{ way, tool: 'http:request', parameters: { url }, up },
    });
    const cases = stoppedCases([
      until('gets no answer', `${origin}/hang`, /GET/),
      until('gets a slow answer', `${origin}/drip`, / out up/),
    ]);
    expect(await wrongEnds(chosen(cases))).toEqual([]);
  });
});

describe('a tool of an MCP server', () => {
  const call = (way: string, mode: string, size: number | string = 0): Omit<EndCase, 'end'> => ({
    ...{ way, tool: 's:first', parameters: {}, more: { mcpServer: hostile(mode, size) } },
  });

  it('ends as the server answers or ends, and leaves nothing running', async () => {
    const wrong = await wrongEnds([
      { ...call('answers', 'works'), end: success({ log: / out done/ }) },
      { ...call('answers nothing', 'nothing'), end: success() },
      { ...call('answers with an error as text', 'error-text'), end: success({ log: /Rate limit/ }) },
      { ...call('answers with a picture', 'picture', 5000), end: success() },
      { ...call('asks back', 'asks'), end: success({ log: /refused/ }) },
      { ...call('fails', 'is-error'), end: failure('mcp/tool-failed', /no such city/) },
      { ...call('cannot', 'rpc-error'), end: failure('mcp/tool-failed', /no disk/) },
      {
        ...call('answers what is no result', 'no-result'),
        end: failure('mcp/tool-failed', /not valid MCP/, { log: /"result":5/ }),
      },
      { ...call('exits with 0', 'exits', 0), end: failure('mcp/exited', /exit code 0/) },
      { ...call('exits with 3', 'exits', 3), end: failure('mcp/exited', /exit code 3.*up/s) },
      { ...call('is killed', 'killed'), end: failure('mcp/exited', /SIGKILL/) },
      { ...call('aborts', 'aborts'), end: failure('mcp/exited', /SIGABRT/) },
      { ...call('floods', 'huge'), end: failure('mcp/message-too-large', /64 MiB/) },
      { ...call('refuses', 'refuses'), end: failure('mcp/refused', /LICENSE_KEY/) },
      { ...call('speaks another version', 'other-version'), end: failure('mcp/refused', /1999-01-01/) },
      {
        ...{ way: 'is missing', tool: 's:t', parameters: {}, more: { mcpServer: { command: 'nonesuch-x' } } },
        end: failure('mcp/not-started', /nonesuch-x/),
      },
      {
        ...{ way: 'is not configured', tool: 's:t', parameters: {}, end: failure('mcp/unknown-server', /s/) },
      },
      {
        ...{ way: 'is not running', tool: 's:t', parameters: {}, more: { mcpServer: { url: refused } } },
        end: failure('mcp/unreachable', /refused|running/),
      },
    ]);
    expect(wrong).toEqual([]);
  });

  it('ends when it is stopped, however the server behaves', async () => {
    const said = { jsonrpc: '2.0', method: 'notifications/message', params: { level: 'info', data: 'up' } };
    const up = `data: ${JSON.stringify(said)}\n\n`;
    const origin = await serveHttp((request, response) => {
      if (request.method !== 'POST') return void response.writeHead(405).end();
      void request.toArray().then((parts) => {
        const { id, method } = JSON.parse(Buffer.concat(parts as Buffer[]).toString()) as Record<string, unknown>;
        if (id === undefined) return response.writeHead(202).end();
        if (method !== 'initialize') return response.writeHead(200, { 'content-type': 'text/event-stream' }).write(up);
        const result = { protocolVersion: '2025-06-18', capabilities: { tools: {}, logging: {} } };
        response.writeHead(200, { 'content-type': 'application/json' });
        const answer = { jsonrpc: '2.0', id, result: { ...result, serverInfo: { name: 'x', version: '1' } } };
        return response.end(JSON.stringify(answer));
      });
    });
    const cases = stoppedCases([
      call('hangs', 'hangs'),
      call('ignores TERM', 'ignores-term'),
      call('left its session', 'left-session'),
      { way: 'hangs over HTTP', tool: 's:t', parameters: {}, more: { mcpServer: { url: origin } } },
    ]);
    expect(await wrongEnds(chosen(cases))).toEqual([]);
  });
});

describe('agent:run', () => {
  const replay = join(import.meta.dirname, '../../testing/children/replay-agent.mjs');
  const recorded = (name: string, end: End): EndCase => ({
    ...{ way: `is ${name}`, tool: 'agent:run', end },
    parameters: {
      agent: name.replace(/-(answer|broken|budget|denied|refused-key|signed-out|written)$/, ''),
      prompt: 'x',
    },
    more: { env: { PATH: process.env['PATH'] ?? '', REPLAY: recordingPath(name) } },
  });
  const program = (way: string, script: string): Omit<EndCase, 'end'> => ({
    ...{ way, tool: 'agent:run', parameters: { agent: 'command', command: ['sh', '-c', script], prompt: 'x' } },
  });

  it('ends as the agent says or ends, and leaves nothing running', async () => {
    const signedOut = failure('agent/signed-out', /sign|Sign|key/);
    const rows = [
      recorded('claude-code-answer', success({ exitCode: 0 })),
      recorded('claude-code-written', success({ exitCode: 0 })),
      recorded('claude-code-denied', failure('agent/needs-permission', /Write/, { exitCode: 0 })),
      recorded('claude-code-budget', failure('agent/failed', /./)),
      recorded('claude-code-broken', failure('agent/failed', /./)),
      recorded('claude-code-signed-out', signedOut),
      recorded('claude-code-refused-key', signedOut),
      recorded('codex-answer', success({ exitCode: 0 })),
      recorded('codex-denied', failure('agent/needs-permission', /./, { exitCode: 0 })),
      recorded('codex-refused-key', signedOut),
      recorded('gemini-answer', success({ exitCode: 0 })),
      recorded('gemini-signed-out', signedOut),
    ].map((row) => ({
      ...row,
      parameters: { ...row.parameters, command: [process.execPath, replay, String(row.more?.env?.['REPLAY'])] },
    }));
    const wrong = await wrongEnds([
      ...rows,
      { ...program('prints its answer', 'cat >/dev/null; echo fine'), end: success({ exitCode: 0, log: / out fine/ }) },
      { ...program('prints nothing', 'cat >/dev/null'), end: success({ exitCode: 0 }) },
      { ...program('exits with 3', 'echo bad >&2; exit 3'), end: failure('agent/exit-code', /3/, { exitCode: 3 }) },
      { ...program('is killed', 'kill -KILL $$'), end: failure('agent/signal', /SIGKILL/) },
      { ...program('leaves a process behind', 'sleep 300 & echo up'), end: success({ exitCode: 0, log: /left 1/ }) },
      {
        ...{ way: 'is missing', tool: 'agent:run', end: failure('agent/not-found', /nonesuch-x/) },
        parameters: { agent: 'command', command: ['nonesuch-x'], prompt: 'x' },
      },
    ]);
    expect(wrong).toEqual([]);
  });

  it('ends when it is stopped, whatever it answers to that', async () => {
    const loop = 'while :; do sleep 0.05; done';
    const cases = stoppedCases([
      program('ends at once', 'echo up; sleep 300; :'),
      program('ends with 0', `trap 'exit 0' TERM; echo up; ${loop}`),
      program('does not end', `trap '' TERM; echo up; ${loop}`),
      program('left its session', 'setsid sleep 300 & echo up; wait; sleep 300'),
    ]).map((each) => ({ ...each, up: / out up/ }));
    expect(await wrongEnds(chosen(cases))).toEqual([]);
  });
});
