import { describe, expect, it } from 'vitest';
import { parseStrictly } from '../services/metrics/testing/strict-parser.ts';
import { nightly, WebFixture } from './testing/web-fixture.ts';

const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });

describe('/metrics', () => {
  it('answers Prometheus with a token that can only look, and a signed-in browser', async () => {
    const web = await WebFixture.start();
    await (await web.application.tasks()).create(nightly, 'cli');
    const { secret } = (await web.application.webTokens()).create('prometheus', true);
    const answer = await web.ask('/metrics', bearer(secret));
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(parseStrictly(answer.text).get('ncp_task_active')?.samples).toHaveLength(1);
    expect((await web.ask('/metrics', { cookie: await web.signIn() })).text).toContain('ncp_tasks{status="active"} 1');
  });

  it('answers nobody else, and ends with the token', async () => {
    const web = await WebFixture.start();
    const tokens = await web.application.webTokens();
    const { secret } = tokens.create('prometheus', true);
    expect(await web.ask('/metrics')).toMatchObject({ status: 401, headers: { 'www-authenticate': 'Bearer' } });
    expect(await web.ask('/metrics', bearer('ncp_wrong'))).toMatchObject({ status: 401 });
    expect(await web.ask(`/metrics?token=${secret}`)).toMatchObject({ status: 401 });
    // The printed address signs in a person, once.
    expect(await web.ask('/metrics', bearer(web.startToken))).toMatchObject({ status: 401 });
    tokens.revoke('prometheus');
    expect(await web.ask('/metrics', bearer(secret))).toMatchObject({ status: 401 });
  });

  it('answers no agent, whose permission says what it may read', async () => {
    const web = await WebFixture.start();
    const tokens = await web.application.webTokens();
    for (const [name, readOnly] of [['laptop', false] as const, ['watcher', true] as const]) {
      const { secret } = tokens.create(name, readOnly, 'agent');
      const answer = await web.ask('/metrics', bearer(secret));
      expect(answer.status).toBe(403);
      expect(answer.text).toContain('This token is for an agent');
      expect(answer.text).not.toContain('ncp_tasks');
    }
  });

  it('limits wrong tokens, but not right ones, and records a use once an hour', async () => {
    const web = await WebFixture.start();
    const tokens = await web.application.webTokens();
    const { secret } = tokens.create('prometheus', true);
    for (let attempt = 0; attempt < 10; attempt += 1) await web.ask('/metrics', bearer('ncp_wrong'));
    expect((await web.ask('/metrics', bearer('ncp_wrong'))).status).toBe(429);
    const lastUse = async () => {
      expect((await web.ask('/metrics', bearer(secret))).status).toBe(200);
      return tokens.list()[0]?.lastSignInAt;
    };
    const first = web.application.clock.nowIso();
    expect(await lastUse()).toBe(first);
    web.application.clock.advance(15_000);
    expect(await lastUse()).toBe(first);
    web.application.clock.advance(60 * 60_000);
    expect(await lastUse()).toBe(web.application.clock.nowIso());
  });

  it('is not shown to a page of another site', async () => {
    const web = await WebFixture.start();
    const cookie = await web.signIn();
    const answer = await web.ask('/metrics', { cookie, headers: { 'sec-fetch-site': 'cross-site' } });
    expect(answer.status).toBe(403);
  });
});
