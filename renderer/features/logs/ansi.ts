import { AnsiUp } from 'ansi_up';

/**
 * Returns a log line as HTML, with terminal colours as classes. ansi_up escapes the text and creates no links, because
 * a log is untrusted text. Colours do not continue on the next line, because each line is rendered separately.
 */
export function coloured(line: string): string {
  const converter = new AnsiUp();
  converter.use_classes = true;
  converter.url_allowlist = {};
  return converter.ansi_to_html(line);
}
