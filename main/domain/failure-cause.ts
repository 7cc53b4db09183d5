const soundsLikeError =
  /(?:^|\b|[a-z])(?:errors?|err!|fatal|exception|panic(?:ked)?|failed|failure|cannot|can't|could not|denied|refused|not found|no such|unknown|unable|invalid|killed|timed? ?out)\b/i;

/** Lines that follow the cause: stack frames, markers below code, versions and hints of the program itself. */
const afterTheCause =
  /^(?:\s+at |\s*[\^~|-]+\s*$|\s*\.\.\. \d+ more|Node\.js v\d|note: |make(?:\[\d+\])?: \*\*\*|npm (?:ERR!|error) (?:A complete log|\s|$)|[}\])]+;?$)/;

/**
 * Returns the line of a failed program's output that names the cause: the last one that sounds like an error, else the
 * last one that says anything. Programs name the cause at the end, and a traceback does so on its last line. Null if
 * there is none. Of stdout, only a line that sounds like an error counts, and only if stderr says nothing.
 * @param stderr its last lines, without terminal escape sequences
 */
export function failureCause(stderr: readonly string[], stdout: readonly string[] = []): string | null {
  const [said, printed] = [stderr, stdout].map((lines) => lines.filter(isMeaningful));
  const cause =
    said?.findLast((line) => soundsLikeError.test(line)) ??
    said?.at(-1) ??
    printed?.findLast((line) => soundsLikeError.test(line));
  return cause?.trim() ?? null;
}

const isMeaningful = (line: string): boolean => /[\p{L}\p{N}]/u.test(line) && !afterTheCause.test(line);
