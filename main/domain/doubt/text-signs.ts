/** What in a line looks like a failure. */
export interface LineSign {
  /** The words that show it. */
  readonly head: string;
}

/** Longer lines are cut, in characters: an error says so at its beginning. */
const longestLine = 1000;

// oxlint-disable-next-line no-control-regex -- colours and weights of terminals
const colours = /\u001b\[[0-9;:]*m/g;
/** What programs print before an error. */
const bullets = /^[\s❌✗✖✘×🛑🔴>*-]+/u;

const kinds: readonly RegExp[] = [
  // Error: …, error[E0382]: …, error TS2322: …, fatal: …, Fatal error: …, [ERROR] …
  /^(\[(?:error|fatal|critical)\]:?)\s*(.*)$/i,
  /^((?:fatal |internal |unexpected )?(?:error|fatal)(?:\[[\w.-]{1,20}\]|\([\w.-]{1,20}\)| [A-Z]{0,6}\d{1,6})?\s?[:!])\s*(.*)$/i,
  // ValueError: …, requests.exceptions.ConnectionError: …
  /^((?:[\w$]{1,60}\.){0,10}[A-Z]\w{0,80}(?:Error|Exception):)\s*(.*)$/,
  // ERROR could not connect, ERROR - …
  /^(ERROR)(?=[\s-]+(?!(?:log|logs|count|counts|rate|rates|report|summary|level|levels|budget|handling|codes?|messages?|free|total|class)\b)\S)[\s-]+(.*)$/i,
  /^(ERROR)[.!]*$/,
];
/** How answers of tools begin that are prose. */
const prose = /^(Error (?:\w{2,20}ing|while|when|in|from)|Failed (?:to|\w{2,20}ing)|Unable to|Could not|Cannot) /;

/** What follows "Error:" if there was none, or if it is a measurement. */
const noError = /^(?:none|no|null|nil|n\/a|false|ok|-+|no errors?(?: found)?|[-+]?[\d.,]+(?:e[-+]?\d+)?\s?%?)[.\s]*$/i;
const httpStatus = /^[45]\d\d$/;

/** Returns the line without colours and bullets, shortened. */
export function bareLine(line: string): string {
  return line.slice(0, longestLine).replace(colours, '').replace(bullets, '').trimEnd();
}

/**
 * Returns the sign of a line that begins with an error, or null.
 * @param isAnswer the line is the answer of a tool or server, which is written for readers: "Failed to …" counts too
 */
export function errorLine(line: string, isAnswer: boolean): LineSign | null {
  const bare = bareLine(line);
  for (const kind of kinds) {
    const [, head, rest = ''] = kind.exec(bare) ?? [];
    // "ERROR" in small letters without a colon begins ordinary sentences: "Error handling is described below".
    if (head === undefined || (/^error$/i.test(head) && head !== 'ERROR')) continue;
    return noError.test(rest) && !httpStatus.test(rest) ? null : { head };
  }
  const [, head] = isAnswer ? (prose.exec(bare) ?? []) : [];
  return head === undefined ? null : { head };
}

/** What crashed programs print, with a pattern of RE2 that finds it line by line. */
const crashes: readonly { readonly find: RegExp; readonly pattern: string }[] = [
  { find: /^[ \t]*Traceback \(most recent call last\):/m, pattern: '^\\s*Traceback \\(most recent call last\\):' },
  { find: /^Exception in thread ".{0,200}" [\w.$]{1,200}/m, pattern: '^Exception in thread "' },
  { find: /^goroutine \d{1,9} \[running.{0,60}\]:/m, pattern: '^goroutine \\d+ \\[running' },
  { find: /^thread '.{0,200}' (?:\(\d{1,9}\) )?panicked at /m, pattern: "^thread '.*' (\\(\\d+\\) )?panicked at " },
  { find: /^(?:PHP )?Fatal error: {1,2}Uncaught /m, pattern: '^(PHP )?Fatal error: +Uncaught ' },
  { find: /^Unhandled exception[.:] ?/m, pattern: '^Unhandled exception[.:]' },
  {
    find: /^\S.{0,300}:\d{1,9}:in [`'].{1,200}': .{0,500}\([\w:]{1,100}Error\)$/m,
    pattern: '^\\S.*:\\d+:in .*\\([\\w:]+Error\\)$',
  },
  // Node, Java, .NET: the error, then where it happened.
  {
    find: /^(?:Uncaught |Caused by: )?(?:[\w$]{1,60}\.){0,12}[A-Z]?\w{0,80}(?:Error|Exception)\b.{0,500}\n(?:\s+at .{1,500}(?::\d|\(\)|\)))/m,
    pattern: '^(Uncaught |Caused by: )?[\\w.$]*(Error|Exception)\\b',
  },
];

/** Returns the traceback of a crashed program in a block of lines: its first line and a pattern that finds it; or null. */
export function traceback(block: string): { readonly line: string; readonly pattern: string } | null {
  for (const { find, pattern } of crashes) {
    const found = find.exec(block);
    if (found !== null) return { line: lineAt(block, found.index), pattern };
  }
  return null;
}

function lineAt(block: string, index: number): string {
  const end = block.indexOf('\n', index);
  return block.slice(index, end === -1 ? undefined : end);
}

/** Programs that show what others wrote: an error in their output is not their own. */
const readers =
  /(?:^|[\s|;&("'`/\\])(?:[efz]?grep|rg|ag|ack|cat|zcat|bat|less|more|tail|head|sed|[gm]?awk|journalctl|dmesg|strings|findstr|select-string|sls|get-content|gc|get-winevent|get-eventlog|logs|diff)(?=$|[\s|;&)"'`]|\.exe\b)/i;

/** Returns whether a command shows the content of files or logs. */
export function showsOthers(command: string): boolean {
  return readers.test(command.slice(0, 10_000));
}
