import { expect, it, vi } from 'vitest';
import { fetchFollowing } from './redirects.ts';

it('refuses a redirect from https to http, and names both', async () => {
  const location = 'http://example.org/there';
  const send = vi.fn(() => Promise.resolve(new Response(null, { status: 302, headers: { location } })));
  const request = { url: 'https://example.org/', method: 'GET', headers: { 'x-api-key': 'secret' } };
  await expect(fetchFollowing(request, { mode: 'follow', send, onStep: () => undefined })).rejects.toMatchObject({
    code: 'http/redirect-refused',
    message: expect.stringMatching(/https:\/\/example\.org .*http:\/\/example\.org, from https to http/) as string,
  });
  expect(send).toHaveBeenCalledTimes(1);
});
