/**
 * Returns the arguments of a Windows command line, by the rules of CommandLineToArgvW: backslashes are special only
 * before a quote, and two quotes inside quotes are one.
 */
export function argumentsOf(line: string): string[] {
  const found: string[] = [];
  let current: string | null = null;
  let quoted = false;
  for (let index = 0; index < line.length;) {
    const [backslashes = ''] = /^\\*/.exec(line.slice(index)) ?? [];
    const next: string | undefined = line[index + backslashes.length];
    if (backslashes !== '') {
      const isBeforeQuote = next === '"';
      const half = '\\'.repeat(Math.floor(backslashes.length / 2));
      const odd = backslashes.length % 2 === 1;
      current = (current ?? '') + (isBeforeQuote ? half + (odd ? '"' : '') : backslashes);
      index += backslashes.length + (isBeforeQuote && odd ? 1 : 0);
    } else if (next === '"') {
      const isDoubled: boolean = quoted && line[index + 1] === '"';
      current = (current ?? '') + (isDoubled ? '"' : '');
      quoted = isDoubled || !quoted;
      index += isDoubled ? 2 : 1;
    } else if (next !== undefined && /[ \t\r\n]/.test(next) && !quoted) {
      if (current !== null) found.push(current);
      current = null;
      index += 1;
    } else {
      current = (current ?? '') + (next ?? '');
      index += 1;
    }
  }
  return current === null ? found : [...found, current];
}
