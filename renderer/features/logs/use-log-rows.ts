import { useMemo, useState } from 'react';
import { endsGroup, findGroups } from '../../stores/log-groups.ts';
import type { LogGroup } from '../../stores/log-groups.ts';
import { isErrorLine } from '../../stores/log-lines.ts';
import type { LogLine } from '../../stores/log-lines.ts';
import { filteredRows, foldedRows } from '../../stores/log-rows.ts';
import type { LogRowEntry } from '../../stores/log-rows.ts';
import { useScan } from './use-scan.ts';

export type LogFilter = 'all' | 'errors' | 'stderr' | 'matches';

export interface LogRows {
  /** Null if every line is a row. */
  rows: readonly LogRowEntry[] | null;
  /** The groups by the index of their title. */
  groups: ReadonlyMap<number, LogGroup>;
  isFolded: (group: LogGroup) => boolean;
  toggleGroup: (group: LogGroup) => void;
  filter: LogFilter;
  setFilter: (filter: LogFilter) => void;
  context: number;
  setContext: (context: number) => void;
  /** True while a long log is still being filtered. */
  scanning: boolean;
  /** Makes a line visible: clears a filter that hides it, and unfolds its group. */
  uncover: (line: number) => void;
}

interface LogRowsInput {
  lines: readonly LogLine[];
  /** Lines that fit the search; null without a search. */
  matches: readonly number[] | null;
  /** The line that explains a failure; its group is open. */
  errorAt: number | null;
  isRunning: boolean;
}

const isStderr = ({ stream }: LogLine): boolean => stream === 'err';

export function useLogRows({ lines, matches, errorAt, isRunning }: LogRowsInput): LogRows {
  const [filter, setFilter] = useState<LogFilter>('all');
  const [context, setContext] = useState(2);
  // By the line itself and not by its index, which changes when the beginning of a long log arrives.
  const [toggled, setToggled] = useState<ReadonlySet<LogLine>>(new Set());
  const groups = useMemo(() => findGroups(lines), [lines]);
  const { found, scanning } = useScan(lines, filter === 'errors' ? isErrorLine : filter === 'stderr' ? isStderr : null);
  const isFolded = useMemo(() => {
    const holds = ({ start, end }: LogGroup) => errorAt !== null && errorAt >= start && errorAt < end;
    const foldedAtFirst = (group: LogGroup) => !holds(group) && (group.closed || !isRunning);
    return (group: LogGroup) => {
      const title = lines[group.start];
      return foldedAtFirst(group) !== (title !== undefined && toggled.has(title));
    };
  }, [lines, errorAt, isRunning, toggled]);
  const rows = useMemo(() => {
    const isEnd = (index: number) => {
      const line = lines[index];
      return line !== undefined && endsGroup(line);
    };
    if (filter === 'all' || (filter === 'matches' && matches === null))
      return foldedRows(lines.length, groups, isFolded, isEnd);
    return filteredRows(lines.length, filter === 'matches' ? (matches ?? []) : found, context);
  }, [filter, lines, groups, isFolded, matches, found, context]);
  const toggleGroup = (group: LogGroup) => {
    const title = lines[group.start];
    if (title !== undefined) setToggled((known) => flipped(known, title));
  };
  const uncover = (line: number) => {
    setFilter('all');
    const group = groups.find(({ start, end }) => line > start && line < end);
    if (group !== undefined && isFolded(group)) toggleGroup(group);
  };
  const byStart = useMemo(() => new Map(groups.map((group) => [group.start, group])), [groups]);
  return { rows, groups: byStart, isFolded, toggleGroup, filter, setFilter, context, setContext, scanning, uncover };
}

function flipped<T>(set: ReadonlySet<T>, value: T): ReadonlySet<T> {
  const next = new Set(set);
  if (!next.delete(value)) next.add(value);
  return next;
}
