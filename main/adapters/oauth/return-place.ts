import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SchedulerError, messageOf } from '../../domain/errors.ts';
import type { ReturnPlace } from '../../ports/sign-in.ts';

const path = '/callback';

/**
 * Listens on the loopback interface for the browser's return from the page of a sign-in, as native apps do.
 * @see https://www.rfc-editor.org/rfc/rfc8252#section-7.3
 * @throws SchedulerError `mcp/sign-in-port`
 */
export async function openReturnPlace(port: number | null): Promise<ReturnPlace> {
  const listeners = new Map<string, (answer: URLSearchParams) => void>();
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const listener = url.pathname === path ? listeners.get(url.searchParams.get('state') ?? '') : undefined;
    const known = request.method === 'GET' && listener !== undefined;
    const refused = url.searchParams.has('error');
    response.writeHead(known ? 200 : 404, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      connection: 'close',
    });
    response.end(page(!known ? 'unknown' : refused ? 'refused' : 'done'));
    if (known) listener(url.searchParams);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(portProblem(port, error)));
    server.listen(port ?? 0, '127.0.0.1', resolve);
  });
  const { port: taken } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${taken}${path}`,
    onAnswer: (state, listener) => void listeners.set(state, listener),
    close: () => {
      server.close();
      server.closeIdleConnections();
    },
  };
}

function portProblem(port: number | null, error: Error): SchedulerError {
  const message = `Port ${port ?? 0} of this machine, to which the browser returns after the sign-in, cannot be used: ${messageOf(error)}. Set another "callbackPort" for the server, or remove it.`;
  return new SchedulerError('mcp/sign-in-port', message, { port }, error);
}

const texts = {
  done: ['Almost done', 'NCP Scheduler is completing the sign-in. You can close this page.'],
  refused: ['Not signed in', 'The service refused the sign-in. NCP Scheduler shows why. You can close this page.'],
  unknown: ['Nothing to do here', 'No sign-in is waiting at this address. Begin again in NCP Scheduler.'],
} as const;

function page(kind: keyof typeof texts): string {
  const [title, sentence] = texts[kind];
  const style =
    'font: 16px system-ui, sans-serif; margin: 20vh auto; max-width: 30em; padding: 0 1em; color-scheme: light dark';
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><body style="${style}"><h1>${title}</h1><p>${sentence}</p></body></html>`;
}
