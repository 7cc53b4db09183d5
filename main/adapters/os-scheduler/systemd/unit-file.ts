import { oneLine } from '../entry-marker.ts';
import type { EntryMarker } from '../entry-marker.ts';

/**
 * Quotes one word of a command or assignment (`man 7 systemd.syntax`): C escapes inside double quotes, and `%` doubled,
 * because specifiers are expanded there too.
 */
export function quoteWord(word: string): string {
  const escaped = word
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('%', '%%')
    .replaceAll('\n', '\\n')
    // oxlint-disable-next-line no-control-regex -- the pattern escapes control characters
    .replace(/[\u0000-\u001f\u007f]/g, (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`);
  return `"${escaped}"`;
}

/** Escapes `$` so that it is not expanded as a variable, once for each service manager that parses the command line. */
export function protectDollars(word: string, managers: 1 | 2): string {
  return word.split('$').join('$'.repeat(2 * managers));
}

/**
 * Returns a value that systemd takes unchanged to the end of the line: no specifiers, no continuation by a backslash.
 */
export function plainValue(text: string): string {
  return oneLine(text).replace(/\\+$/, '').replaceAll('%', '%%');
}

/** Returns the marker's section. systemd ignores sections and keys that start with `X-` (`man 5 systemd.unit`). */
export function markerSection(marker: EntryMarker): string[] {
  return [
    '[X-NCP]',
    `X-NCP-Version=${marker.version}`,
    `X-NCP-Namespace=${marker.namespace}`,
    `X-NCP-Timing=${marker.timingId}`,
    `X-NCP-Key=${marker.key}`,
  ];
}

/** Returns the marker of a unit file, or null if this app did not write the file. */
export function readMarker(unitText: string): EntryMarker | null {
  // Split at line feeds, as systemd does: `^` and `$` also match at U+2028, which a value may contain.
  const lines = unitText.split('\n');
  const read = (name: string): string | undefined =>
    lines.find((line) => line.startsWith(`X-NCP-${name}=`))?.slice(`X-NCP-${name}=`.length);
  const version = read('Version');
  const timingId = read('Timing');
  if (version === undefined || timingId === undefined) return null;
  return { version, timingId, namespace: read('Namespace') ?? '', key: read('Key') ?? '' };
}
