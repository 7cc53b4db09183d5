/** One word of a command line, or an operator of the shell such as `|`. */
export interface ShellWord {
  readonly text: string;
  readonly isOperator: boolean;
  /** Holds `$NAME`, `$(…)` or a backquote that a shell would replace. `${secret:NAME}` is ours and does not count. */
  readonly isExpanded: boolean;
}

/** Says why a text is no command line, for people. */
export class UnreadableWords extends Error {}

const simpleEscapes: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  e: '\u001B',
  E: '\u001B',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** An escape in `$'…'` (bash(1), QUOTING). */
const ansiEscape = /\\(?:u([\da-f]{1,4})|U([\da-f]{1,8})|x([\da-f]{1,2})|([0-7]{1,3})|([\s\S]))/gi;

/** What a word consists of, in the order in which it is tried. */
const part =
  /(?<space>[ \t]+)|(?<join>\\\r?\n)|(?<ansi>\$'(?:\\[\s\S]|[^'\\])*')|(?<single>'[^']*')|(?<double>"(?:\\[\s\S]|[^"\\])*")|\\(?<escaped>[\s\S])|(?<open>['"])|(?<operator>\r?\n|(?<![^\s])\d?(?:>>?|<)(?:&\d)?|&>|>>?|<|&&|\|\||[|&;()])|(?<plain>[^\s\\'"|&;()<>$]+|\$\{secret:[^}]*\}|\$)/y;

/** A variable, a command substitution or a backquote. */
const expansion = /\$(?!\{secret:)(?:[A-Za-z_{(?$!#@*]|\d)|`/;

/**
 * Splits a command line into words as bash does: quotes, `$'…'`, escapes and continued lines. Variables stay as they are.
 * shell-quote knows no `$'…'`, in which browsers put bodies with line breaks.
 * @throws UnreadableWords for a quote that is not closed
 */
export function shellWords(line: string): ShellWord[] {
  const words: ShellWord[] = [];
  let current = null as { text: string; isExpanded: boolean } | null;
  const end = () => {
    if (current !== null) words.push({ ...current, isOperator: false });
    current = null;
  };
  const matcher = new RegExp(part);
  for (let at = 0; at < line.length; at = matcher.lastIndex) {
    matcher.lastIndex = at;
    const groups = matcher.exec(line)?.groups;
    if (groups === undefined || groups['open'] !== undefined) throw new UnreadableWords(unclosed(line, at));
    if (groups['space'] !== undefined) end();
    else if (groups['operator'] !== undefined) {
      end();
      words.push({ text: groups['operator'].trim() || '\n', isOperator: true, isExpanded: false });
    } else if (groups['join'] === undefined) {
      const [text, isExpanded] = valueOf(groups);
      current = { text: (current?.text ?? '') + text, isExpanded: (current?.isExpanded ?? false) || isExpanded };
    }
  }
  end();
  return words;
}

const unclosed = (line: string, at: number): string =>
  `The quote ${line[at] ?? ''} at character ${at + 1} is not closed.`;

function valueOf(groups: Partial<Record<string, string>>): [text: string, isExpanded: boolean] {
  const { ansi, single, double, escaped, plain = '' } = groups;
  if (ansi !== undefined) return [ansi.slice(2, -1).replaceAll(ansiEscape, ansiValue), false];
  if (single !== undefined) return [single.slice(1, -1), false];
  if (double !== undefined) {
    const inner = double.slice(1, -1);
    const isExpanded = expansion.test(inner.replaceAll(/\\[\s\S]/g, ''));
    return [inner.replaceAll(/\\(?:\r?\n|([$`"\\]))/g, (_, kept: string | undefined) => kept ?? ''), isExpanded];
  }
  if (escaped !== undefined) return [escaped, false];
  return [plain, plain === '$' || expansion.test(plain)];
}

function ansiValue(...[, u, long, hex, octal, other]: (string | undefined)[]): string {
  const digits = u ?? long ?? hex;
  if (digits !== undefined) return String.fromCodePoint(Math.min(Number.parseInt(digits, 16), 0x10_ff_ff));
  if (octal !== undefined) return String.fromCodePoint(Number.parseInt(octal, 8) % 256);
  return simpleEscapes[other ?? ''] ?? other ?? '';
}

/** A command line for cmd.exe: what browsers copy with "Copy as cURL (cmd)". */
export const isForCmd = (line: string): boolean => /\^"|\^\r?\n|\^\s+-/.test(line);

/**
 * Splits a command line as cmd.exe and the C library of Windows do: `^` escapes, `"` quotes, `\"` and `""` are quotes
 * inside quotes. @throws UnreadableWords for a quote that is not closed
 */
export function cmdWords(line: string): ShellWord[] {
  // In browsers' newer form every quote is escaped, so no caret is inside quotes; in the older one only lines end so.
  const joined = line.includes('^"')
    ? line.replaceAll(/\^(?:\r?\n|([\s\S]))/g, (_, kept: string | undefined) => kept ?? '')
    : line.replaceAll(/\^(?:\r?\n|(?=\s+-))/g, '');
  const found = joined.matchAll(/(?:"(?:\\["\\]|""|[^"])*"|[^\s"])+|"/g);
  return [...found].map(([word]) => {
    if (word === '"') throw new UnreadableWords('A quote (") is not closed.');
    return { text: word.replaceAll(/\\(["\\])|"(")?/g, '$1$2'), isOperator: false, isExpanded: false };
  });
}
