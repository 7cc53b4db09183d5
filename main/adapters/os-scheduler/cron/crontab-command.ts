/**
 * Splits the command part of a crontab line (`man 5 crontab`). The first unescaped `%` ends the command; the rest is
 * its standard input, in which each further `%` is a line break. `\%` is a percent sign.
 */
export function splitCommand(text: string): { readonly command: string; readonly stdin: string | null } {
  const parts: string[] = [''];
  for (let index = 0; index < text.length; index += 1) {
    const char = text[index] ?? '';
    if (char === '\\' && text[index + 1] === '%') {
      parts[parts.length - 1] += '%';
      index += 1;
    } else if (char === '%') parts.push('');
    else parts[parts.length - 1] += char;
  }
  const [command = '', ...input] = parts;
  if (input.length === 0) return { command, stdin: null };
  // cron ends the last line (`do_command.c`).
  const stdin = input.join('\n');
  return { command, stdin: stdin === '' || stdin.endsWith('\n') ? stdin : `${stdin}\n` };
}
