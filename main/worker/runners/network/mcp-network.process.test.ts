import type { RequestListener } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { certificateFile, serveHttp, serveHttps, serveProxy } from '../../../testing/http-servers/http-servers.ts';
import { runnerFixture } from '../../../testing/runner-fixture.ts';

/** The smallest MCP server over HTTP: one tool, which answers with the host that it was asked for. */
const smallest: RequestListener = (request, response) => {
  if (request.method !== 'POST') return void response.writeHead(405).end();
  void text(request).then((body) => {
    const { id, method } = JSON.parse(body) as { id?: number; method: string };
    if (id === undefined) return response.writeHead(202).end();
    const protocol = { protocolVersion: '2025-06-18', capabilities: { tools: {} } };
    const result =
      method === 'initialize'
        ? { ...protocol, serverInfo: { name: 'smallest', version: '1' } }
        : { content: [{ type: 'text', text: `at ${request.headers.host}` }] };
    response.setHeader('content-type', 'application/json');
    return response.end(JSON.stringify({ jsonrpc: '2.0', id, result }));
  });
};

async function call(url: string, env: Record<string, string>) {
  const { start, dir } = await runnerFixture();
  const started = start('s:where', {}, { mcpServer: { url }, env: { HOME: dir, ...env } });
  const result = await started.finished;
  return { result, log: started.log(), message: result.error?.message ?? '' };
}

it('an MCP server over http is reached through the proxy of the environment', async () => {
  const proxy = await serveProxy();
  const url = `http://elsewhere.invalid:${new URL(await serveHttp(smallest)).port}/mcp`;
  const { result, log } = await call(url, { HTTP_PROXY: proxy.url });
  expect(result.status).toBe('success');
  expect(log).toContain(`out at ${new URL(url).host}`);
  expect(log).toContain(`Through the proxy ${proxy.url} (HTTP_PROXY)`);
  expect(proxy.seen).toContain(`POST ${url}`);
});

it('an MCP server over https is trusted if the environment names its authority; otherwise the reason says how', async () => {
  const url = `${await serveHttps(smallest, 'trusted')}/mcp`;
  expect((await call(url, { NODE_EXTRA_CA_CERTS: certificateFile('ca') })).result.status).toBe('success');
  const { result, message } = await call(url, {});
  expect(result.error?.code).toBe('mcp/unreachable');
  expect(message).toContain('set NODE_EXTRA_CA_CERTS to it in your login shell');
});

it('an MCP server behind a proxy that is not running: the reason names the proxy', async () => {
  const { message } = await call('http://elsewhere.invalid/mcp', { HTTP_PROXY: 'http://127.0.0.1:9' });
  expect(message).toContain('through the proxy http://127.0.0.1:9 (HTTP_PROXY): the proxy refused the connection');
});
