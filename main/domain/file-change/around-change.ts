/** A line is long with more characters. */
const longestLine = 200;
/** What is shown of a long line before and after its change. */
const around = 40;
/** The longest change within a line that is shown whole. The entry of an MCP server fits. */
const longestChange = 1000;

/**
 * Returns a line, or of a long one the part that differs from `other` with some characters around it. Of a long line that does not
 * differ, its beginning.
 */
export function aroundChange(line: string, other: string): string {
  if (line.length <= longestLine) return line;
  if (line === other) return `${part(line, 0, longestLine)}…`;
  const first = commonStart(line, other);
  const last = commonStart(reversed(line.slice(first)), reversed(other.slice(first)));
  const from = Math.max(0, first - around);
  const to = Math.min(line.length, line.length - last + around);
  const half = longestChange / 2;
  const change =
    to - from > longestChange
      ? `${part(line, from, from + half)} … ${part(line, to - half, to)}`
      : part(line, from, to);
  return `${from > 0 ? '…' : ''}${change}${to < line.length ? '…' : ''}`;
}

/** Never begins or ends with half of a character that has two units. */
const part = (line: string, from: number, to: number): string =>
  line.slice(from, to).replace(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/g, '');

function commonStart(one: string, other: string): number {
  let length = 0;
  while (length < one.length && length < other.length && one[length] === other[length]) length += 1;
  return length;
}

const reversed = (text: string): string => text.split('').reverse().join('');
