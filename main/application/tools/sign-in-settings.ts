import type { McpServer } from '../../contract/settings.ts';
import type { SignInServer } from '../../ports/sign-in.ts';

/**
 * Returns what a server's configuration says about its sign-in: `oauth` with `clientId`, `clientSecret`, `scope` and
 * `callbackPort`, as Claude Code writes it (https://code.claude.com/docs/en/mcp), or `auth` with `CLIENT_ID`,
 * `CLIENT_SECRET` and `scopes`, as Cursor does (https://cursor.com/docs/context/mcp). What has another type is ignored.
 */
export function signInSettings(
  server: McpServer,
): Omit<SignInServer, 'address'> & { readonly callbackPort: number | null } {
  const oauth = fieldsOf(server['oauth']);
  const auth = fieldsOf(server['auth']);
  const port = oauth['callbackPort'];
  return {
    clientId: textOf(oauth['clientId'] ?? auth['CLIENT_ID']),
    clientSecret: textOf(oauth['clientSecret'] ?? auth['CLIENT_SECRET']),
    scope: scopeOf(oauth['scope'] ?? oauth['scopes'] ?? auth['scopes']),
    callbackPort: typeof port === 'number' && Number.isInteger(port) && port > 0 && port < 65_536 ? port : null,
  };
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

function scopeOf(value: unknown): string | undefined {
  return textOf(Array.isArray(value) ? value.filter((item) => typeof item === 'string').join(' ') : value);
}
