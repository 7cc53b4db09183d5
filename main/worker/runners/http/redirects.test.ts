import { expect, it, onTestFinished, vi } from 'vitest';
import { fetchFollowing } from './redirects.ts';

it('refuses a redirect from https to http, and names both', async () => {
  const location = 'http://example.org/there';
  const answer = vi.fn(() => Promise.resolve(new Response(null, { status: 302, headers: { location } })));
  vi.stubGlobal('fetch', answer);
  onTestFinished(() => void vi.unstubAllGlobals());
  const request = { url: 'https://example.org/', method: 'GET', headers: { 'x-api-key': 'secret' } };
  await expect(fetchFollowing(request, new AbortController().signal, () => undefined)).rejects.toMatchObject({
    code: 'http/redirect-refused',
    message: expect.stringMatching(/https:\/\/example\.org .*http:\/\/example\.org, from https to http/) as string,
  });
  expect(answer).toHaveBeenCalledTimes(1);
});
