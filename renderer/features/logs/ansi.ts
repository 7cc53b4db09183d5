import { AnsiUp } from 'ansi_up';

/**
 * Returns a log line as HTML, with terminal colours as classes. ansi_up escapes the text and creates no links, because
 * a log is untrusted text. Colours do not continue on the next line, because each line is rendered separately.
 */
export function coloured(line: string): string {
  const converter = new AnsiUp();
  converter.use_classes = true;
  converter.url_allowlist = {};
  return converter.ansi_to_html(withReverse(withoutCommands(line)));
}

// eslint-disable-next-line no-control-regex -- matches escape sequences to remove them
const commandPattern = /\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)/g;

/** Removes titles and hyperlinks (OSC 8), of which ansi_up would drop the text of the link too. */
const withoutCommands = (line: string): string => line.replace(commandPattern, '');

// eslint-disable-next-line no-control-regex -- matches escape sequences to rewrite them
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
