import { expect, it } from 'vitest';
import { SchedulerError } from '../../../domain/errors.ts';
import { oauthServer } from '../../../testing/oauth/oauth-server.ts';
import { runnerFixture } from '../../../testing/runner-fixture.ts';

it('asks the parent for another access token when the server rejects the first, and hides both', async () => {
  const service = await oauthServer();
  const { start } = await runnerFixture();
  const accepted = service.issue();
  const run = start(
    'notes:echo',
    { text: `I know ${accepted}` },
    { ...at(service.address), otherToken: async () => accepted },
  );
  expect(await run.finished).toMatchObject({ status: 'success' });
  expect(service.shown).toEqual(['rejected-token', ...Array<string>(service.shown.length - 1).fill(accepted)]);
  expect(run.log()).toContain('echo I know ***');
  expect(run.log()).not.toContain(accepted);
});

it('fails with the parent’s reason when there is no other token', async () => {
  const { address } = await oauthServer();
  const { start } = await runnerFixture();
  const expired = new SchedulerError('mcp/sign-in-expired', 'The sign-in has expired: sign in again.');
  const run = start('notes:echo', {}, { ...at(address), otherToken: () => Promise.reject(expired) });
  expect(await run.finished).toMatchObject({
    status: 'failure',
    error: { code: 'mcp/sign-in-expired', message: 'The sign-in has expired: sign in again.' },
  });
});

const at = (url: string) => ({ mcpServer: { url }, accessToken: 'rejected-token' });
