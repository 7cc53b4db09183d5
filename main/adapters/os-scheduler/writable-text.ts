import { SchedulerError } from '../../domain/errors.ts';

/**
 * Returns the first character that a file of a scheduler cannot hold unchanged, in words; null if there is none. XML
 * forbids most control characters, YAML 1.1 ends lines at U+0085, U+2028 and U+2029, half of a surrogate pair has no form in
 * UTF-8, and systemd refuses noncharacters. Tabs are allowed.
 */
export function unwritable(text: string, { lineBreaks }: { readonly lineBreaks: boolean }): string | null {
  // oxlint-disable-next-line no-control-regex -- the pattern finds control characters
  const found = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u2028\u2029\ufeff\p{Surrogate}\p{Noncharacter_Code_Point}]/gu;
  for (const [char] of text.matchAll(found)) {
    if (char === '\n') {
      if (!lineBreaks) return 'a line break';
    } else return `the character ${codePoint(char)}`;
  }
  return null;
}

const codePoint = (char: string): string =>
  `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

/**
 * Checks texts of this app's own entries, such as the path of the program and of the data directory.
 * @throws SchedulerError `os/unsafe-path` if an XML file cannot hold one of them unchanged
 */
export function assertXmlTexts(texts: readonly string[]): void {
  for (const text of texts) {
    const found = unwritable(text, { lineBreaks: false });
    if (found === null) continue;
    throw new SchedulerError(
      'os/unsafe-path',
      `${JSON.stringify(text.slice(0, 100))} has ${found}, which an entry of this OS scheduler cannot hold. Move the program or the data directory to a path without it, or change the variable.`,
      { text },
    );
  }
}
