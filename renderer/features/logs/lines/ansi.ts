import { AnsiUp } from 'ansi_up';
import { partsOf } from './links.ts';

/**
 * Returns a log line as HTML, with terminal colours as classes and links as elements that hold their address. They have
 * no `href`: a log is untrusted text, so a click only asks. ansi_up escapes the text. Colours do not continue on the
 * next line, because each line is rendered separately.
 */
export function lineHtml(line: string): string {
  const converter = new AnsiUp();
  converter.use_classes = true;
  converter.url_allowlist = {};
  return partsOf(line)
    .map(({ text, address }) => {
      // One converter for all parts, because a colour continues over a link.
      const html = converter.ansi_to_html(withReverse(text));
      return address === undefined ? html : linkHtml(html, address);
    })
    .join('');
}

/** Returns the element of a link. @param html its text, already escaped */
export const linkHtml = (html: string, address: string): string =>
  `<a role="link" tabindex="0" data-address="${escapeHtml(address)}">${html}</a>`;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? '');

// oxlint-disable-next-line no-control-regex -- matches escape sequences to rewrite them
const stylePattern = /\u001b\[([\d;]*)m/g;
const reverse: Readonly<Record<string, string>> = { 7: '30;47', 27: '39;49' };

/** Rewrites reverse video, which ansi_up ignores, as black on white. */
const withReverse = (line: string): string =>
  line.replace(stylePattern, (_, codes: string) => `\u001b[${rewritten(codes.split(';')).join(';')}m`);

function rewritten(codes: readonly string[]): string[] {
  const at = codes.findIndex((code) => code === '38' || code === '48');
  // What follows these is a colour, in which a 7 is a number.
  const end = at === -1 ? codes.length : at + (codes[at + 1] === '5' ? 3 : 5);
  const plain = codes.slice(0, at === -1 ? codes.length : at).map((code) => reverse[code] ?? code);
  return at === -1 ? plain : [...plain, ...codes.slice(at, end), ...rewritten(codes.slice(end))];
}
