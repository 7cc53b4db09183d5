/**
 * Returns why an MCP server with this name could not be used, as a sentence; null if it can. A tool is written
 * `server:tool` and is split at its first colon.
 */
export function serverNameProblem(name: string): string | null {
  if (name.trim() === '') return 'The name of the server is empty.';
  if (name.includes(':')) return 'The name of the server contains a colon, which separates it from the name of a tool.';
  if (/\p{Cc}/u.test(name)) return 'The name of the server contains a line end or another control character.';
  return name === name.trim() ? null : 'The name of the server begins or ends with a space.';
}

/** Returns the name with which a server can be used. */
export function usableServerName(name: string): string {
  const usable = name
    .replaceAll(/[:\p{Cc}]+/gu, '-')
    .trim()
    .replaceAll(/^-+|-+$/g, '');
  return usable === '' ? 'server' : usable;
}
