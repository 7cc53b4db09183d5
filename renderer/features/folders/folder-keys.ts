/** Returns the path of a folder inside another one, of Windows or another system. */
export function insideOf(path: string, name: string): string {
  const separator = /^(?:[A-Za-z]:|\\\\)/.test(path) ? '\\' : '/';
  return path.endsWith(separator) ? `${path}${name}` : `${path}${separator}${name}`;
}

/** Returns the index of the folder that a key leads to; null if the key does not move. A letter leads to the next name with it. */
export function activeAfter(key: string, active: number, names: readonly string[]): number | null {
  const last = names.length - 1;
  if (last < 0) return null;
  if (key === 'ArrowDown') return Math.min(active + 1, last);
  if (key === 'ArrowUp') return Math.max(active - 1, 0);
  if (key === 'Home') return 0;
  if (key === 'End') return last;
  if (key.length !== 1 || key === ' ') return null;
  const begins = (name: string) => name.toLowerCase().startsWith(key.toLowerCase());
  const after = names.findIndex((name, index) => index > active && begins(name));
  const found = after === -1 ? names.findIndex(begins) : after;
  return found === -1 ? null : found;
}
