import { expect, it } from 'vitest';
import { systemClock } from '../../adapters/system/system-clock.ts';
import { createApplication } from '../../application/create-application.ts';
import type { Application } from '../../application/application.ts';
import { connectMcp } from '../../worker/runners/mcp/client.ts';
import { memoryOutsideAt } from '../../testing/memory-outside.ts';
import { oauthServer, visit, type OAuthServer } from '../../testing/oauth/oauth-server.ts';
import { openSignIn } from './sign-in.ts';

/** The application with the real sign-in and the real MCP client. */
async function signedOut(more: Readonly<Record<string, unknown>> = {}) {
  const service = await oauthServer();
  const outside = memoryOutsideAt(systemClock);
  const application = createApplication({
    ...outside,
    signIn: (environment) => Promise.resolve(openSignIn(environment)),
    toolServers: () =>
      Promise.resolve({
        connect: (name, server, env, signal, token) =>
          connectMcp(server, { name, env, cwd: null, executionId: 'none', signal, token }),
      }),
  });
  outside.settings.update({ mcpServers: { notes: { url: service.address, ...more } } });
  const signIns = await application.signIns();
  const state = () => signIns.list().signIns[0];
  const signIn = async () => {
    const { page } = await signIns.begin('notes');
    const shown = await visit(page);
    await signIns.finished('notes');
    return shown;
  };
  const call = () => application.callTool('notes:echo', { text: 'hi' });
  return { service, outside, application, signIns, state, signIn, call };
}

/** Makes the present access token so old that it is renewed before its next use. */
async function signedInBriefly(place: Awaited<ReturnType<typeof signedOut>>): Promise<void> {
  place.service.expiresIn = 30;
  await place.signIn();
  place.service.expiresIn = 3600;
}

const lastOf = ({ shown }: OAuthServer): string | undefined => shown.at(-1);

async function toolsOf(application: Application) {
  return (await application.catalog()).list({ server: 'notes', fresh: true });
}

it('signs in with a client that it registers, and calls the server with the token', async () => {
  const { application, service, signIn, state, call } = await signedOut();
  expect(state()).toMatchObject({ server: 'notes', state: 'none' });
  await expect(call()).rejects.toMatchObject({
    code: 'mcp/sign-in-needed',
    message: expect.stringContaining('ncp-scheduler servers sign-in notes') as string,
  });
  expect((await signIn()).text).toContain('Almost done');
  expect(service.registrations).toBe(1);
  expect(state()).toMatchObject({ state: 'signed-in', problem: null });
  expect(await call()).toMatchObject({ content: [{ text: 'echo hi' }] });
  expect((await toolsOf(application)).tools).toMatchObject([{ tool: 'notes:echo' }]);
});

it('stores no token in clear', async () => {
  const { outside, service, signIn, call } = await signedOut();
  await signIn();
  await call();
  const stored = JSON.stringify((await outside.signInFile()).read());
  expect(stored).toContain('notes');
  expect(stored).not.toContain(lastOf(service));
});

it('renews a token before it ends, and keeps the new one', async () => {
  const place = await signedOut();
  await signedInBriefly(place);
  await place.call();
  await place.call();
  expect(place.service.renewals).toBe(1);
  expect(new Set(place.service.shown).size).toBe(1);
});

it('renews a token that the server rejects, and sends the request again', async () => {
  const { service, signIn, call } = await signedOut();
  await signIn();
  service.endAccess();
  expect(await call()).toMatchObject({ content: [{ text: 'echo hi' }] });
  expect(service.renewals).toBe(1);
});

it('renews once for several calls at the same time', async () => {
  const place = await signedOut();
  await signedInBriefly(place);
  await Promise.all([place.call(), place.call(), place.call()]);
  expect(place.service.renewals).toBe(1);
  expect(place.state()).toMatchObject({ state: 'signed-in' });
});

it('says that the sign-in has expired when the service does not renew it, and asks the service no more', async () => {
  const place = await signedOut();
  await signedInBriefly(place);
  place.service.endSignIns();
  const expired = {
    code: 'mcp/sign-in-expired',
    message: expect.stringMatching(/"notes" has expired: .*ended.*ncp-scheduler servers sign-in notes/s) as string,
  };
  await expect(place.call()).rejects.toMatchObject(expired);
  await expect(place.call()).rejects.toMatchObject(expired);
  expect(place.service.renewals).toBe(1);
  expect(place.state()).toMatchObject({
    state: 'expired',
    problem: expect.stringContaining('refused the sign-in') as string,
  });
  await place.signIn();
  expect(await place.call()).toMatchObject({ content: [{ text: 'echo hi' }] });
});

it('keeps a sign-in when the service cannot be reached', async () => {
  const place = await signedOut();
  await signedInBriefly(place);
  const failing = createApplication({
    ...place.outside,
    signIn: (environment) => {
      const real = openSignIn(environment);
      const renew: typeof real.renew = () => Promise.reject(new TypeError('fetch failed', { cause: 'no route' }));
      return Promise.resolve({ ...real, renew });
    },
  });
  await expect(failing.callTool('notes:echo', {})).rejects.toThrow('fetch failed');
  expect(place.state()).toMatchObject({ state: 'signed-in' });
  expect(await place.call()).toMatchObject({ content: [{ text: 'echo hi' }] });
});

it('says why when the person refuses', async () => {
  const { service, signIns, state } = await signedOut();
  service.refuses = true;
  const { page } = await signIns.begin('notes');
  const finished = expect(signIns.finished('notes')).rejects.toMatchObject({ code: 'mcp/sign-in-refused' });
  expect((await visit(page)).text).toContain('Not signed in');
  await finished;
  expect(state()).toMatchObject({ state: 'none', problem: expect.stringContaining('Ada said no') as string });
});

it('takes the address at which a browser on another machine has ended', async () => {
  const { signIns, state } = await signedOut();
  const { page } = await signIns.begin('notes');
  const { headers } = await fetch(page, { redirect: 'manual' });
  const wrong = signIns.complete('notes', 'http://127.0.0.1/callback?code=x&state=other');
  await expect(wrong).rejects.toMatchObject({ code: 'usage/invalid-value' });
  await signIns.complete('notes', headers.get('location') ?? '');
  expect(state()).toMatchObject({ state: 'signed-in' });
});

it('ignores an answer that nobody waits for', async () => {
  const { signIns, state } = await signedOut();
  const { page } = await signIns.begin('notes');
  const back = new URL(new URL(page).searchParams.get('redirect_uri') ?? '');
  back.search = '?code=stolen&state=guessed';
  expect(await visit(back.href)).toMatchObject({ status: 404 });
  expect(state()).toMatchObject({ state: 'waiting' });
  signIns.cancel('notes');
});

it('sends the token to no other address', async () => {
  const { outside, service, signIn, call } = await signedOut();
  await signIn();
  const other = await oauthServer();
  outside.settings.update({ mcpServers: { notes: { url: other.address } } });
  await expect(call()).rejects.toMatchObject({ code: 'mcp/sign-in-needed' });
  expect(other.shown).toEqual([]);
  expect(service.shown).toEqual([]);
});

it('tells the service when the person signs out', async () => {
  const { service, signIn, signIns, state, call } = await signedOut();
  await signIn();
  expect(await signIns.signOut('notes')).toEqual({ note: null });
  expect(service.revoked).toHaveLength(1);
  expect(state()).toMatchObject({ state: 'none' });
  await expect(call()).rejects.toMatchObject({ code: 'mcp/sign-in-needed' });
  await expect(signIns.signOut('notes')).rejects.toMatchObject({ code: 'mcp/not-signed-in' });
});

it('refuses a server with credentials of its own, and says what to change', async () => {
  const { signIns } = await signedOut({ headers: { Authorization: 'Bearer own' } });
  await expect(signIns.begin('notes')).rejects.toMatchObject({
    code: 'mcp/no-sign-in',
    message: expect.stringContaining('Remove that header') as string,
  });
});

it('inserts the secrets of a server when it asks for its tools', async () => {
  const { application, service } = await signedOut({ headers: { Authorization: 'Bearer ${secret:TOKEN}' } });
  (await application.secrets()).set('TOKEN', 'from-the-vault');
  await toolsOf(application);
  expect(lastOf(service)).toBe('from-the-vault');
});
