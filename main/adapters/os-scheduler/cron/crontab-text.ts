import { SchedulerError } from '../../../domain/errors.ts';

/** One group's part of this app's block. */
export interface CrontabEntry {
  readonly timingId: string;
  readonly version: string;
  readonly key: string;
  /** The marker line and the schedule lines, as in the crontab. */
  readonly text: string;
}

export interface LegacyEntry {
  readonly id: string;
  readonly line: string;
}

/** The parts of a crontab: the person's own text, and this app's block in it (null if there is none). */
export interface CrontabParts {
  readonly before: string;
  readonly entries: readonly CrontabEntry[] | null;
  readonly after: string;
}

const MARKER = /^# ncp-scheduler v(\S+) (\S+): (.*?)(?: \| .*)?$/;
/** The end of a line that fires a group. */
const FIRES = / _timing-run (\S+)(?: --event \w+)* >\/dev\/null 2>&1$/;
const LEGACY_START = '# === NCP SCHEDULED JOBS - DO NOT EDIT MANUALLY ===';
const LEGACY_END = '# === END NCP SCHEDULED JOBS ===';
const LEGACY_MARK = '# NCP_JOB: ';

const title = (namespace: string): string => (namespace === '' ? 'NCP SCHEDULER' : `NCP SCHEDULER ${namespace}`);
const beginLine = (namespace: string): string =>
  `# >>> ${title(namespace)} >>> written by the app; edit tasks there, not here`;
const endLine = (namespace: string): string => `# <<< ${title(namespace)} <<<`;

/**
 * Finds this app's block. Foreign lines inside the block belong to the person and are moved behind it.
 * @throws SchedulerError `os/crontab-damaged` unless the block has exactly one start and one end.
 */
export function splitCrontab(text: string, namespace: string): CrontabParts {
  const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const isBorder = (border: string) => (line: string) => line.trimEnd() === border;
  const begins = indexes(lines, isBorder(beginLine(namespace)));
  const ends = indexes(lines, isBorder(endLine(namespace)));
  const [begin] = begins;
  const [end] = ends;
  if (begin === undefined && end === undefined) return { before: text, entries: null, after: '' };
  if (begins.length !== 1 || ends.length !== 1 || begin === undefined || end === undefined || end < begin) {
    throw new SchedulerError(
      'os/crontab-damaged',
      `The crontab has ${begins.length} start and ${ends.length} end lines of "${title(namespace)}" instead of one of each. Repair it with "crontab -e". Nothing was written.`,
      { begins: begins.length, ends: ends.length },
    );
  }
  const inside = readBlock(lines.slice(begin + 1, end));
  return {
    before: lines.slice(0, begin).join(''),
    entries: inside.entries,
    after: inside.strangers.join('') + lines.slice(end + 1).join(''),
  };
}

function indexes(lines: readonly string[], matches: (line: string) => boolean): number[] {
  return lines.flatMap((line, index) => (matches(line) ? [index] : []));
}

function readBlock(lines: readonly string[]): { entries: CrontabEntry[]; strangers: string[] } {
  const entries: CrontabEntry[] = [];
  const strangers: string[] = [];
  for (const line of lines) {
    const marker = MARKER.exec(line.trimEnd());
    const current = entries.at(-1);
    if (marker !== null) {
      const [, version = '', timingId = '', key = ''] = marker;
      entries.push({ timingId, version, key, text: line });
    } else if (current !== undefined && FIRES.exec(line.trimEnd())?.[1] === current.timingId) {
      entries[entries.length - 1] = { ...current, text: current.text + line };
    } else {
      strangers.push(line);
    }
  }
  return { entries, strangers };
}

/** Joins the parts. Without entries the block disappears, and the person's text is as before. */
export function joinCrontab(
  parts: Pick<CrontabParts, 'before' | 'after'>,
  entries: readonly { readonly text: string }[],
  namespace: string,
): string {
  if (entries.length === 0) return parts.before + parts.after;
  const newline = parts.before === '' || parts.before.endsWith('\n') ? '' : '\n';
  const block = entries.map((entry) => entry.text).join('');
  return `${parts.before}${newline}${beginLine(namespace)}\n${block}${endLine(namespace)}\n${parts.after}`;
}

/** Returns the entries of the earlier product (ncp): a separate block with each line under `# NCP_JOB: <id>`. */
export function legacyCrontabEntries(text: string): LegacyEntry[] {
  const start = text.indexOf(LEGACY_START);
  if (start === -1) return [];
  const end = text.indexOf(LEGACY_END, start);
  const block = text.slice(start, end === -1 ? undefined : end);
  return [...block.matchAll(/^# NCP_JOB: (.+)\n(.*)$/gm)].map(([, id = '', line = '']) => ({ id: id.trim(), line }));
}

/**
 * Returns the text without the entries of ncp that have these ids. The block is removed with its last entry; every
 * other line stays unchanged, even one that somebody added to the block.
 */
export function withoutLegacyEntries(text: string, ids: readonly string[]): string {
  const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const start = lines.findIndex((line) => line.trimEnd() === LEGACY_START);
  if (start === -1) return text;
  const end = lines.findIndex((line, index) => index > start && line.trimEnd() === LEGACY_END);
  const block = lines.slice(start + 1, end === -1 ? undefined : end);
  const kept = withoutPairs(block, ids);
  const isEmpty = !kept.some((line) => line.startsWith(LEGACY_MARK));
  const borders = isEmpty
    ? { first: [], last: [] }
    : { first: lines.slice(start, start + 1), last: endLineOf(lines, end) };
  const after = end === -1 ? [] : lines.slice(end + 1);
  return [...lines.slice(0, start), ...borders.first, ...kept, ...borders.last, ...after].join('');
}

const endLineOf = (lines: readonly string[], end: number): string[] => (end === -1 ? [] : lines.slice(end, end + 1));

/** Removes entries, each of which is its mark and the line under it. */
function withoutPairs(block: readonly string[], ids: readonly string[]): string[] {
  const kept: string[] = [];
  for (let index = 0; index < block.length; index += 1) {
    const line = block[index] ?? '';
    const isOneOf = line.startsWith(LEGACY_MARK) && ids.includes(line.slice(LEGACY_MARK.length).trim());
    if (!isOneOf) kept.push(line);
    else if (block[index + 1]?.startsWith(LEGACY_MARK) === false) index += 1;
  }
  return kept;
}
