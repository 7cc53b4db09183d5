import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { protocol } from 'electron';
import { contentSecurityPolicy, contentTypes } from '../web/page-policy.ts';

/** Origin of the app's pages. Replaces `file://`, which Chromium gives rights that no page needs. */
export const appOrigin = 'app://scheduler';

/** Registers the `app:` scheme. Must be called before `app` is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Serves the built window from `root`, and no file outside it. */
export function serveApp(root: string): void {
  protocol.handle('app', async (request) => {
    const { pathname } = new URL(request.url);
    const name = decoded(pathname === '/' ? '/index.html' : pathname);
    if (name === null) return new Response('Not found', { status: 404 });
    const path = normalize(join(root, name));
    const type = contentTypes[extname(path)];
    if (!path.startsWith(root + sep) || type === undefined) return new Response('Not found', { status: 404 });
    const content = await readFile(path).catch(() => null);
    if (content === null) return new Response('Not found', { status: 404 });
    return new Response(new Uint8Array(content), {
      headers: {
        'content-type': type,
        'content-security-policy': contentSecurityPolicy,
        'x-content-type-options': 'nosniff',
      },
    });
  });
}

/** Returns a decoded URL path, or null if an escape in it is invalid (`%E0`). */
function decoded(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return null;
  }
}
