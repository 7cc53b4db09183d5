import { plainText } from './log-lines.ts';
import type { LogLine } from './log-lines.ts';

/** Lines that a program marked as belonging together. */
export interface LogGroup {
  /** Index of the line with the title. */
  readonly start: number;
  /** Index after the last line of the group, its end marker included. */
  readonly end: number;
  readonly title: string;
  /** False if the group was still open at the end of the log. */
  readonly closed: boolean;
}

/**
 * GitHub Actions (https://docs.github.com/actions/reference/workflow-commands-for-github-actions#grouping-log-lines) and
 * Azure Pipelines (https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands#formatting-commands).
 */
const startPattern = /^\s*(?:::group::|##\[group\])(.*)$/;
const endPattern = /^\s*(?:::endgroup::|##\[endgroup\])/;

/** Returns whether a line only marks the end of a group. It is never shown. */
export const endsGroup = ({ text }: LogLine): boolean => text.includes('endgroup') && endPattern.test(plainText(text));

/** Finds the groups of a log. They do not nest: as in GitHub Actions, a new group ends the one before. */
export function findGroups(lines: readonly LogLine[]): LogGroup[] {
  const groups: LogGroup[] = [];
  let open: { start: number; title: string } | null = null;
  const close = (end: number, closed: boolean): void => {
    if (open !== null) groups.push({ ...open, end, closed });
    open = null;
  };
  for (const [index, line] of lines.entries()) {
    // Only few lines hold the word, and the patterns are slow on a million of them.
    if (!line.text.includes('group')) continue;
    const title = startPattern.exec(plainText(line.text))?.[1];
    if (title !== undefined) {
      close(index, true);
      open = { start: index, title: title.trim() };
    } else if (endsGroup(line)) close(index + 1, true);
  }
  close(lines.length, false);
  return groups;
}
