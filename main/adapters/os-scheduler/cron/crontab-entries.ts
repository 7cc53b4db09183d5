import { movedLine } from './moved-lines.ts';
import { personalLines } from './personal-lines.ts';

/** The schedule of an entry, and what follows it. */
export const crontabEntry = /^\s*(@\S+|(?:\S+\s+){4}\S+)\s+(\S.*)$/s;
const VARIABLE = /^\s*([A-Za-z_]\w*|"[^"]*"|'[^']*')\s*=\s*(.*?)\s*$/s;
/** The header that Debian and others put into every crontab. */
const HEADER = /\bm\s+h\s+dom\b|\bdow\b.*\bcommand\b/i;

/** A line that is neither a comment nor a variable, with what the lines before it say about it. */
export interface CrontabEntryLine {
  /** From 1. */
  readonly number: number;
  readonly line: string;
  /** The comments directly above it. */
  readonly comments: readonly string[];
  /** The variables that apply to it. Valid until the next line is read. */
  readonly variables: ReadonlyMap<string, string>;
}

/**
 * Yields the entries of a crontab (`man 5 crontab`) that neither this app nor ncp wrote, also lines that are no valid
 * entry.
 */
export function* crontabEntries(
  text: string,
  onVariable: (name: string, number: number) => void = () => undefined,
): Generator<CrontabEntryLine> {
  const variables = new Map<string, string>();
  let comments: string[] = [];
  for (const { number, line } of personalLines(text)) {
    const comment = /^\s*#\s?(.*)$/s.exec(line)?.[1];
    if (comment !== undefined && !movedLine.test(line)) {
      const name = nameIn(comment);
      if (name === null) comments = [];
      else comments.push(name);
      continue;
    }
    const variable = comment === undefined ? VARIABLE.exec(line) : null;
    if (variable !== null) {
      const name = unquoted(variable[1] ?? '');
      variables.set(name, unquoted(variable[2] ?? ''));
      onVariable(name, number);
    } else if (comment === undefined && line.trim() !== '') yield { number, line, comments, variables };
    comments = [];
  }
}

/** Returns a comment as a name; null if it is a disabled entry, the header or empty. */
function nameIn(comment: string): string | null {
  const said = comment.trim();
  const entry = crontabEntry.exec(said)?.[1];
  if (said === '' || HEADER.test(said) || (entry !== undefined && /^[\d*@]/.test(entry))) return null;
  return said.replace(/^#+\s*/, '');
}

const unquoted = (text: string): string => /^(["'])(.*)\1$/s.exec(text)?.[2] ?? text;
