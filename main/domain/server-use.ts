import type { McpServer } from '../contract/settings.ts';
import { SchedulerError } from './errors.ts';

type Variables = Readonly<Record<string, string>>;

/** `${NAME}`, `${NAME:-default}` and `${env:NAME}`; `$${…}` stays `${…}`. `${secret:NAME}` is not a variable. */
const variable = /\$(\$?)\{(?!secret:)([^{}]*)\}/g;
const named = /^(?:env:)?([A-Za-z_][A-Za-z0-9_]*)(?::-(.*))?$/s;

/**
 * Returns a configured server with the values of the variables that its command, arguments, folder, environment, address
 * and headers refer to. Its own `env` comes first, then `variables`. The forms are those of Claude Code
 * (https://code.claude.com/docs/en/mcp, "Environment variable expansion") and of VS Code
 * (https://code.visualstudio.com/docs/reference/variables-reference).
 * @throws SchedulerError `mcp/disabled` for a server that is turned off, `mcp/variable-not-set`, `mcp/bad-address`
 */
export function usableServer(name: string, server: McpServer, variables: Variables): McpServer {
  if (isDisabled(server)) {
    const message = `The MCP server "${name}" is turned off ("disabled": true). Remove that from its configuration to use it.`;
    throw new SchedulerError('mcp/disabled', message, { server: name });
  }
  const filled = (field: string, known: Variables) => (text: string) => fill(text, known, name, field);
  const env = mapped(textsOf(server['env']), filled('env', variables));
  const known = { ...variables, ...env };
  const headers = mapped(textsOf(server['headers']), filled('headers', known));
  const one = (field: string): Record<string, string> => {
    const text = server[field];
    return typeof text === 'string' ? { [field]: filled(field, known)(text) } : {};
  };
  const args = Array.isArray(server['args'])
    ? { args: server['args'].map((arg) => filled('args', known)(String(arg))) }
    : {};
  const result = {
    ...server,
    ...one('command'),
    ...one('cwd'),
    ...one('url'),
    ...args,
    ...(server['env'] === undefined ? {} : { env }),
    ...(server['headers'] === undefined ? {} : { headers }),
  } as McpServer;
  if (typeof result['url'] === 'string' && !hasSecret(result['url']) && !URL.canParse(result['url'])) {
    const message = `The address of the MCP server "${name}" is not a URL: ${result['url']}. It must begin with http:// or https://.`;
    throw new SchedulerError('mcp/bad-address', message, { server: name });
  }
  return result;
}

/** True for a server that is turned off, as Cline, Roo Code and Windsurf write it. */
export const isDisabled = (server: McpServer): boolean => server['disabled'] === true;

/** Returns the address to which a sign-in belongs; null for a server over stdio or with credentials of its own. */
export function signInAddress(server: McpServer): string | null {
  const hasCredentials = Object.keys(textsOf(server['headers'])).some((name) => name.toLowerCase() === 'authorization');
  return typeof server['url'] === 'string' && !hasCredentials ? server['url'] : null;
}

function fill(text: string, known: Variables, server: string, field: string): string {
  return text.replace(variable, (whole, escape: string, inner: string) => {
    if (escape === '$') return whole.slice(1);
    const [, name = '', otherwise] = named.exec(inner) ?? [];
    const value = name === 'userHome' ? (known['HOME'] ?? known['USERPROFILE']) : valueOf(known, name);
    const found = value ?? otherwise;
    if (found !== undefined) return found;
    throw notSet(server, field, whole, name);
  });
}

function notSet(server: string, field: string, whole: string, name: string): SchedulerError {
  const reason =
    name === ''
      ? 'which only the program knows that it was written for. Write the value itself, or ${secret:NAME}'
      : `but ${name} is not set in your login shell. Set it there, write \${${name}:-default}, or save the value as a secret and write \${secret:${name}}`;
  const message = `The MCP server "${server}" has ${whole} in its ${field}, ${reason}.`;
  return new SchedulerError('mcp/variable-not-set', message, { server, field, variable: name || whole });
}

/** Names of variables ignore case on Windows only. */
function valueOf(known: Variables, name: string): string | undefined {
  if (name === '' || Object.hasOwn(known, name)) return known[name];
  if (process.platform !== 'win32') return undefined;
  return Object.entries(known).find(([key]) => key.toUpperCase() === name.toUpperCase())?.[1];
}

const hasSecret = (text: string): boolean => text.includes('${secret:');

function textsOf(value: unknown): Record<string, string> {
  return (value ?? {}) as Record<string, string>;
}

function mapped(record: Record<string, string>, change: (text: string) => string): Record<string, string> {
  return Object.fromEntries(Object.entries(record).map(([key, text]) => [key, change(text)]));
}
