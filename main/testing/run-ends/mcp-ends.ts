import { serveHttp } from '../http-servers/http-servers.ts';
import { hostile } from '../mcp-run.ts';
import { failure, stoppedCases, success, type EndCase, type Ends } from './end-case.ts';
import { refused } from './http-ends.ts';

const call = (way: string, mode: string, size: number | string = 0): Omit<EndCase, 'end'> => ({
  ...{ way, tool: 's:first', parameters: {}, more: { mcpServer: hostile(mode, size) } },
});

/** Returns how a tool of an MCP server ends. */
export async function mcpEnds(): Promise<Ends> {
  const origin = await hangingServer();
  return {
    always: ownEnds,
    sampled: stoppedCases([
      call('hangs', 'hangs'),
      call('ignores TERM', 'ignores-term'),
      call('left its session', 'left-session'),
      { way: 'hangs over HTTP', tool: 's:t', parameters: {}, more: { mcpServer: { url: origin } } },
    ]),
  };
}

const ownEnds: readonly EndCase[] = [
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
];

/** Starts a server over HTTP that says something in a call, and never answers it. */
function hangingServer(): Promise<string> {
  const said = { jsonrpc: '2.0', method: 'notifications/message', params: { level: 'info', data: 'up' } };
  const up = `data: ${JSON.stringify(said)}\n\n`;
  return serveHttp((request, response) => {
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
}
