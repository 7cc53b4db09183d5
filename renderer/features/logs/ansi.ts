import { AnsiUp } from 'ansi_up';

/**
 * A log line as HTML with the terminal's colours as classes. The text is escaped by ansi_up, and links are never made:
 * a log is somebody else's text. Colours do not carry over from line to line: lines are drawn apart.
 */
export function coloured(line: string): string {
  const converter = new AnsiUp();
  converter.use_classes = true;
  converter.url_allowlist = {};
  return converter.ansi_to_html(line);
}
