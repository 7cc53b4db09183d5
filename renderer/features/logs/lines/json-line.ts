import { escapeHtml, linkHtml } from './ansi.ts';
import { partsOf } from './links.ts';

/** Longer lines stay plain: reading and colouring them would make scrolling stutter. */
const longestLine = 64 * 1024;

/** Returns the object or list that a line consists of; null for any other line. @param text without escape sequences */
export function jsonOf(text: string): object | null {
  const trimmed = text.trim();
  const isClosed = /^(?:\{.*\}|\[.*\])$/s.test(trimmed);
  if (!isClosed || trimmed.length < 8 || trimmed.length > longestLine) return null;
  try {
    return JSON.parse(trimmed) as object;
  } catch {
    // A line such as "[INFO] started (1)]" only looks like JSON.
    return null;
  }
}

const token = /("(?:\\.|[^"\\])*")(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** Returns JSON text as HTML, with keys, strings, numbers and words as classes, and links as in other lines. */
export function jsonHtml(text: string): string {
  let html = '';
  let at = 0;
  for (const match of text.matchAll(token)) {
    const [whole, string, colon] = match;
    html += escapeHtml(text.slice(at, match.index));
    if (string === undefined) html += span(/^[tfn]/.test(whole) ? 'word' : 'number', escapeHtml(whole));
    else if (colon === undefined) html += span('string', partsOf(string).map(partHtml).join(''));
    else html += span('key', escapeHtml(string)) + colon;
    at = match.index + whole.length;
  }
  return html + escapeHtml(text.slice(at));
}

const span = (kind: string, html: string): string => `<span class="json-${kind}">${html}</span>`;

const partHtml = ({ text, address }: { text: string; address?: string }): string =>
  address === undefined ? escapeHtml(text) : linkHtml(escapeHtml(text), address);
