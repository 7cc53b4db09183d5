import { text } from '../text/en.ts';

/** Whether this browser is signed in; `outside` if the page does not come from the scheduler's server. */
export type WebSessionState = 'signed-in' | 'signed-out' | 'outside';

/** Asks the server of this page. */
export async function askSession(): Promise<WebSessionState> {
  const answer = await fetch('/session').catch(() => null);
  if (answer === null || !isJson(answer)) return 'outside';
  return answer.ok ? 'signed-in' : 'signed-out';
}

/** Signs in with a token. Returns why it failed, as a sentence; null if it did not. */
export async function signIn(token: string): Promise<string | null> {
  const answer = await post('/sign-in', { token }).catch(() => null);
  if (answer === null || !isJson(answer)) return text.web.unreachable;
  if (answer.ok) return null;
  const { error } = (await answer.json()) as { error: { message: string } };
  return error.message;
}

/** Signs out and shows the sign-in page. */
export async function signOut(): Promise<void> {
  await post('/sign-out', {});
  window.location.reload();
}

/** Takes the token out of the address, so that neither the history nor a screenshot keeps it. Null if there is none. */
export function takeTokenFromAddress(): string | null {
  const [, token] = /^#token=([\w-]+)$/.exec(window.location.hash) ?? [];
  if (token === undefined) return null;
  window.history.replaceState(null, '', window.location.pathname);
  return token;
}

export const isJson = (answer: Response): boolean =>
  answer.headers.get('content-type')?.startsWith('application/json') === true;

function post(path: string, body: object): Promise<Response> {
  return fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
}
