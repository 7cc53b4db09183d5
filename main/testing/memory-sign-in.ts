import type { Clock } from '../ports/clock.ts';
import type { Grant, SignInAccess } from '../ports/sign-in.ts';

/** A service that lets everyone sign in, as soon as the page is opened. */
export function memorySignIn(clock: Clock): SignInAccess {
  const listeners = new Map<string, (answer: URLSearchParams) => void>();
  let count = 0;
  const grant = (): Grant => {
    count += 1;
    const expiresAt = new Date(clock.now() + 3_600_000).toISOString();
    return { accessToken: `access-${count}`, refreshToken: `refresh-${count}`, expiresAt, renewal: null };
  };
  return {
    begin: (_server, { state }) =>
      Promise.resolve({
        address: `https://service.example/authorize?state=${state}`,
        finish: () => Promise.resolve(grant()),
      }),
    renew: () => Promise.resolve(grant()),
    revoke: () => Promise.resolve(null),
    listen: () =>
      Promise.resolve({
        address: 'http://127.0.0.1:1234/callback',
        onAnswer: (state, listener) => void listeners.set(state, listener),
        close: () => undefined,
      }),
    open: (page) => {
      const state = new URL(page).searchParams.get('state') ?? '';
      listeners.get(state)?.(new URLSearchParams({ code: 'code', state }));
      return true;
    },
  };
}
