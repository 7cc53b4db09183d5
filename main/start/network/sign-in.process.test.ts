import { once } from 'node:events';
import { expect, it, onTestFinished } from 'vitest';
import { builtCommandLine, finished } from '../../testing/built-command-line.ts';
import { oauthServer, visit } from '../../testing/oauth/oauth-server.ts';

it('is renewed once by processes that need it at the same moment', async () => {
  const service = await oauthServer();
  const cli = builtCommandLine({ mcpServers: { notes: { url: service.address } } });
  onTestFinished(() => cli.dispose());
  // So short that it is renewed before its next use.
  service.expiresIn = 30;
  const signIn = cli.start('servers', 'sign-in', 'notes');
  const said = once(signIn.stderr, 'data');
  const ended = finished(signIn);
  await visit(/http\S+/.exec(String(await said))?.[0] ?? '');
  expect(await ended).toMatchObject({ code: 0 });
  service.expiresIn = 3600;
  const call = () => cli.run('run', 'notes:echo', '--params', '{"text":"hi"}');
  const calls = await Promise.all([call(), call(), call()]);
  for (const { code, stdout, stderr } of calls) expect({ code, stdout, stderr }).toMatchObject({ code: 0, stderr: '' });
  // Each refresh token works once: a second use would have ended the sign-in.
  expect(service.renewals).toBe(1);
  expect(new Set(service.shown).size).toBe(1);
});
