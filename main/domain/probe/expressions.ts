import { RE2JS } from 're2js';

/** Returns why a regular expression cannot be used, or null. */
export function expressionProblem(pattern: string): string | null {
  try {
    RE2JS.compile(pattern);
    return null;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return `"${pattern}" is not a regular expression of RE2: ${reason}`;
  }
}

/** Returns everything that an expression finds in a text, in order: its first group, or all of it if it has none. */
export function foundBy(pattern: string, text: string): string[] {
  const matcher = RE2JS.compile(pattern, RE2JS.MULTILINE).matcher(text);
  const found: string[] = [];
  while (matcher.find()) found.push((matcher.groupCount() > 0 ? matcher.group(1) : matcher.group()) ?? '');
  return found;
}

/** Returns a text without what an expression finds in it. */
export function withoutMatches(pattern: string, text: string): string {
  return RE2JS.compile(pattern, RE2JS.MULTILINE).matcher(text).replaceAll('');
}
