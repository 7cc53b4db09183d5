import { isPath, isPlainValue, soundsSecret, tokenForms } from './rules.ts';

/** A piece of text, as offsets. */
type Span = readonly [start: number, end: number];

/** Stands for the nth secret of a text. */
const placeholder = (number: number): string => `[hidden:${number}]`;
const placeholders = /\[hidden:(\d{1,4})\]/g;

/**
 * Places in text where a program or a person writes `NAME VALUE`: the first group is the name, the second the value.
 * Lengths are bounded, so that the search is linear in any text.
 */
const named = [
  // TOKEN=abc, --token=abc, ?token=abc&…
  /(?<![\w-])(?:--?)?([A-Za-z_][\w.-]{0,80})=("[^"\n]{1,4096}"|'[^'\n]{1,4096}'|[^\s"'&;|<>#]{1,4096})/dg,
  // --token abc
  /(?<![\w-])--?([A-Za-z][\w-]{0,80})[ \t]{1,8}("[^"\n]{1,4096}"|'[^'\n]{1,4096}'|[^\s"'&;|<>-][^\s"'&;|<>]{0,4095})/dg,
  // "token": "abc", as JSON and in quoted JSON
  /(?<![\w-])([A-Za-z_][\w.-]{0,80})\\?["'][ \t]{0,8}:[ \t]{0,8}\\?["']([^"'\n\\]{1,4096})/dg,
] as const;

/** `Authorization: Basic abc`, up to the end of the quoted header or of the line. */
const header =
  /(?<![\w-]|\$\{)((?:[A-Za-z][\w-]{0,60}[-_])?(?:authorization|cookie|token|secret|password)|[A-Za-z][\w-]{0,60}[-_]key):[ \t]{0,8}([^"'\n\r]{1,4096})/dgi;
/** `https://user:password@host`, `curl -u user:password`. */
const passwords = [
  /:\/\/[^\s:/@]{0,256}:([^\s/@]{1,512})(?=@)/dg,
  /(?<=\s)(?:-u|--user|--proxy-user)[ =]{0,4}["']?[^\s:"']{1,256}:([^\s"']{1,512})/dg,
] as const;

/** Returns the places of secrets in a text, in order and without overlaps. */
function secretSpans(text: string): Span[] {
  const spans = [...named, header].flatMap((form) =>
    [...text.matchAll(form)].flatMap((match): Span[] => {
      const [, name = '', value = ''] = match;
      const inner = value.replace(/^(["'])(.*)\1$/s, '$2');
      if (!soundsSecret(name) || isPlainValue(inner.replace(/[,.]$/, '')) || isPath(inner)) return [];
      return spanOf(match, 2, (value.length - inner.length) / 2);
    }),
  );
  const bare = passwords.flatMap((form) =>
    [...text.matchAll(form)].flatMap((match) => (isPlainValue(match[1] ?? '') ? [] : spanOf(match, 1, 0))),
  );
  const tokens = tokenForms.flatMap((form) => [...text.matchAll(form)].flatMap((match) => spanOf(match, 0, 0)));
  return merged([...spans, ...bare, ...tokens]);
}

function spanOf({ indices }: RegExpMatchArray, group: number, border: number): Span[] {
  const found = indices?.[group];
  return found === undefined ? [] : [[found[0] + border, found[1] - border]];
}

function merged(spans: readonly Span[]): Span[] {
  const result: Span[] = [];
  for (const [start, end] of [...spans].sort((a, b) => a[0] - b[0] || b[1] - a[1])) {
    const last = result.at(-1);
    if (last === undefined || start >= last[1]) result.push([start, end]);
    else result[result.length - 1] = [last[0], Math.max(last[1], end)];
  }
  return result;
}

/** Returns the secrets in a text, in order. */
export const secretsIn = (text: string): string[] => secretSpans(text).map(([start, end]) => text.slice(start, end));

/** Returns a text with numbered placeholders in the place of passwords and tokens. */
export function hideInText(text: string): string {
  let hidden = '';
  let from = 0;
  for (const [index, [start, end]] of secretSpans(text).entries()) {
    hidden += text.slice(from, start) + placeholder(index + 1);
    from = end;
  }
  return hidden + text.slice(from);
}

/** The placeholder of a value that is a secret as a whole. */
export const hiddenValue = placeholder(1);

export const hasPlaceholder = (text: string): boolean => text.search(placeholders) !== -1;

/**
 * Returns a text with the secrets of the stored text in the place of its placeholders, or null if there is a
 * placeholder for which the stored text has none.
 * @param secrets what the stored text showed as placeholders, in order
 */
export function restoreText(text: string, secrets: readonly string[]): string | null {
  let isComplete = true;
  const restored = text.replace(placeholders, (whole, number: string) => {
    const secret = secrets[Number(number) - 1];
    if (secret === undefined) isComplete = false;
    return secret ?? whole;
  });
  return isComplete ? restored : null;
}
