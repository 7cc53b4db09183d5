/**
 * Parts of a line that differ from run to run, in one pattern so that a line is read once: dates and times (ISO 8601,
 * syslog, `date`), ids (UUIDs, hexadecimal digits), process ids, durations, sizes and rates, temporary paths and Unix
 * times. A number on its own stays: `rows: 0` against `rows: 120` is what a person looks for.
 */
const volatile = new RegExp(
  [
    String.raw`\b\d{4}[-/.]\d\d[-/.]\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:[.,]\d+)?)?(?:Z| ?[+-]\d\d:?\d\d)?\b`,
    String.raw`\b(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? )?(?:\d{1,2} )?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(?: {1,2}\d{1,2})?(?=[ ,:]| \d)(?:,? \d{4}\b)?`,
    String.raw`\b\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d+)?(?: ?[AP]M)?(?: (?:UTC|GMT|[A-Z]{3,4})\b)?(?: \d{4}\b)?`,
    String.raw`\b[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\b`,
    String.raw`\b0x[0-9a-fA-F]+\b`,
    String.raw`\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{7,64}\b`,
    String.raw`\b(?:pid|PID|Pid|process|Process|job|Job)[ =:#]+\d+\b`,
    String.raw`(?<=\w)\[\d+\]`,
    String.raw`\b\d+(?:[.,]\d+)*\s?(?:ns|µs|us|ms|s|secs?|seconds?|m|mins?|minutes?|h|hours?)\b(?!/)`,
    String.raw`\b\d+(?:[.,]\d+)*\s?(?:[kKMGT]i?)?(?:B|bytes|bit)(?:/s(?:ec)?)?\b`,
    String.raw`/(?:private/)?(?:var/)?tmp/[^\s'":,;)]+`,
    String.raw`\b1\d{9}(?:\d{3}|\.\d+)?\b`,
  ].join('|'),
  'g',
);

// oxlint-disable-next-line no-control-regex -- matches terminal escape sequences to remove them
const escapes = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-Z\\-_])/g;

/**
 * Returns a line of a log as it is compared with another run's: without colours, without earlier states of a progress
 * line, and with what differs from run to run replaced by a dot.
 */
export function comparableText(text: string): string {
  const plain = text.includes('\u001b') ? text.replace(escapes, '') : text;
  const last = plain.includes('\r') ? (plain.split('\r').findLast((state) => state.trim() !== '') ?? '') : plain;
  // Most of the time goes into the pattern, and without a digit only a temporary path can match.
  const stable = /\d|tmp\//.test(last) ? last.replace(volatile, '•') : last;
  return stable.replace(/\s\s+|\t/g, ' ').trim();
}
