import { createServer } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { newestVersion } from './newest-version.ts';

async function registry(status: number, text: string): Promise<string> {
  const server = createServer((_request, response) => response.writeHead(status).end(text));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/ncp-scheduler/latest`;
}
const { signal } = new AbortController();

test('the newest version is what the registry answers', async () => {
  expect(await newestVersion(signal, await registry(200, '{"version":"1.4.0"}'))).toBe('1.4.0');
});

test.each([
  [404, '', 'has no package ncp-scheduler'],
  [503, '', 'answered with status 503'],
  [200, '{"version":"latest"}', 'answered without a version'],
])('an answer with status %i and %j is explained', async (status, text, message) => {
  await expect(newestVersion(signal, await registry(status, text))).rejects.toThrow(message);
});

test('without a network, the reason of the system is given', async () => {
  await expect(newestVersion(signal, 'http://127.0.0.1:1/x')).rejects.toThrow(/127\.0\.0\.1:1 does not answer: .+/);
});
