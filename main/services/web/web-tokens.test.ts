import { beforeEach, describe, expect, it } from 'vitest';
import type { StoredWebToken } from '../../ports/web-tokens.ts';
import { fakeClock } from '../../testing/fake-clock.ts';
import { memoryLedger } from '../../testing/memory-ledger.ts';
import { WebTokens } from './web-tokens.ts';

let stored: readonly StoredWebToken[];
let tokens: WebTokens;
const ledger = memoryLedger();
const clock = fakeClock('2026-11-23T12:00:00.000Z');
beforeEach(() => {
  stored = [];
  tokens = new WebTokens({
    file: { read: () => stored, update: (change) => void (stored = change(stored)) },
    ...{ ledger, clock },
  });
});

describe('the tokens of the window in a browser', () => {
  it('are stored as hashes only, and each is different', () => {
    const [one, other] = [tokens.create('phone', false), tokens.create('tablet', true)];
    expect(one.secret).toMatch(/^ncp_[\w-]{43}$/);
    expect(one.secret).not.toBe(other.secret);
    expect(JSON.stringify(stored)).not.toContain(one.secret.slice(4));
    expect(JSON.stringify(tokens.list())).not.toContain('hash');
    expect(tokens.list().map(({ name, readOnly }) => [name, readOnly])).toEqual([
      ['phone', false],
      ['tablet', true],
    ]);
  });

  it('sign in their person, and remember when', () => {
    const { secret } = tokens.create('phone', true);
    clock.advance(60_000);
    expect(tokens.signIn(secret)).toMatchObject({ name: 'phone', readOnly: true });
    expect(tokens.list()).toMatchObject([{ lastSignInAt: '2026-11-23T12:01:00.000Z' }]);
    for (const wrong of ['', 'ncp_', `${secret}x`, secret.slice(0, -1)]) expect(tokens.signIn(wrong)).toBeNull();
  });

  it('are invalid once revoked, also if another gets the same name', () => {
    const { secret } = tokens.create('phone', false);
    const session = tokens.signIn(secret);
    expect(session !== null && tokens.isValid(session)).toBe(true);
    tokens.revoke('phone');
    tokens.create('phone', false);
    expect(session !== null && tokens.isValid(session)).toBe(false);
    expect(tokens.signIn(secret)).toBeNull();
  });

  it.each(['', ' phone', 'a'.repeat(41), 'a/b', 'a:b', 'line\nbreak', 'phone '])('cannot be named %j', (name) => {
    expect(() => tokens.create(name, false)).toThrow(expect.objectContaining({ code: 'usage/invalid-value' }));
  });

  it('have names of their own, are at most 100, and must exist to be revoked', () => {
    tokens.create('phone', false);
    expect(() => tokens.create('phone', false)).toThrow(expect.objectContaining({ code: 'usage/name-taken' }));
    expect(() => tokens.revoke('tablet')).toThrow(expect.objectContaining({ code: 'usage/not-found' }));
    for (let index = 1; index < 100; index += 1) tokens.create(`phone ${index}`, false);
    expect(() => tokens.create('one more', false)).toThrow(expect.objectContaining({ code: 'usage/too-many-tokens' }));
  });

  it('leave what was done with them in the history', () => {
    tokens.record('browser:phone', 'tasks.trigger', 'task-1');
    expect(ledger.changes({}, 10)).toMatchObject([
      { author: 'browser:phone', action: 'browser.call', taskId: 'task-1', after: { call: 'tasks.trigger' } },
    ]);
  });
});
