import { useVirtualizer, defaultRangeExtractor } from '@tanstack/react-virtual';
import type { Range, Virtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { FocusEvent, MouseEvent, RefObject } from 'react';
import type { TaskView } from '../../../main/contract/task.ts';
import { useCan, useCommands } from '../../session-context.tsx';
import { text } from '../../text/en.ts';
import { bindClasses } from '../../ui/class-names.ts';
import { ContextMenu } from '../../ui/menu.tsx';
import type { MenuEntry } from '../../ui/menu.tsx';
import { afterWords, linksOf } from '../chains/links.ts';
import { idsOf } from './arrange/selection.ts';
import type { ListLine, Section } from './arrange/list-lines.ts';
import { bulkMenu, groupEntry, selectEntry, taskMenu, type MenuNeeds } from './list-menu.tsx';
import { SectionLine } from './rows/section-line.tsx';
import { TableHead } from './rows/table-head.tsx';
import { TaskLine } from './rows/task-line.tsx';
import { useRowDrop } from './rows/use-row-drop.ts';
import type { ListActions } from './use-list-actions.ts';
import { useListKeys } from './use-list-keys.ts';
import type { ListState } from './use-list-state.ts';
import type { TaskList } from './use-task-list.ts';
import styles from './task-table.module.css';

const c = bindClasses(styles);

/** Heights in rem, so that rows scale with the font size. They are those of the style sheet. */
const TASK_REM = 2.375;
const SECTION_REM = 2.5;
const HEAD_REM = 2;

type ListVirtualizer = Virtualizer<HTMLDivElement, Element>;

interface TaskTableProps {
  readonly list: TaskList;
  readonly state: ListState;
  readonly actions: ListActions;
}

/** All tasks as one table. Only visible rows are drawn, and only they fetch their latest runs. */
export function TaskTable({ list, state, actions }: TaskTableProps) {
  const { lines, view } = list;
  const scroller = useRef<HTMLDivElement>(null);
  const { virtual, rem } = useRows(list, state.activeIndex, scroller);
  const goTo = useFocus(scroller, virtual, state, lines.length);
  const pageRows = () => Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / (TASK_REM * rem)) - 2);
  const onKeyDown = useListKeys({ list, state, actions, goTo, pageRows });
  const lineAt = (target: EventTarget) => lines[indexAt(target)];
  const drop = useRowDrop(lineAt);
  const menu = useRowMenu({ list, state, actions });
  const onSelect = useSelecting(list, state);
  useVisibleFigures(lines, virtual);

  const onClick = (event: MouseEvent) => {
    const index = indexAt(event.target);
    const line = lines[index];
    if (!line) return;
    state.activate(index);
    if (isControl(event.target)) return;
    if (event.shiftKey) state.extendTo(index);
    else if (event.ctrlKey || event.metaKey) state.toggle(line);
    else if (!state.isPeeking || line.kind === 'section') actions.open(line);
  };
  // A screen reader or a click moves the focus without a key: the row that has it is the active one all the same.
  const onFocus = (event: FocusEvent) => {
    const index = indexAt(event.target);
    if (index >= 0 && index !== state.activeIndex) state.activate(index);
  };
  return (
    <ContextMenu entries={menu.entries} onAsk={menu.onAsk}>
      <div
        ref={scroller}
        className={c('table')}
        role={view.by === 'none' ? 'grid' : 'treegrid'}
        aria-label={text.taskList.table}
        aria-rowcount={lines.length + 1}
        aria-multiselectable
        onKeyDown={onKeyDown}
        onClick={onClick}
        onFocus={onFocus}
        {...drop.handlers}
      >
        <div role="rowgroup">
          <TableHead />
        </div>
        <div role="rowgroup" className={c('rows')} style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => (
            <Line
              key={item.key}
              {...{ list, state, actions, onSelect }}
              index={item.index}
              start={item.start - virtual.options.scrollMargin}
              overKey={drop.overKey}
            />
          ))}
        </div>
      </div>
    </ContextMenu>
  );
}

interface LineProps extends TaskTableProps {
  readonly index: number;
  readonly start: number;
  readonly overKey: string | null;
  readonly onSelect: (index: number, event: MouseEvent) => void;
}

function Line({ list, state, actions, index, start, overKey, onSelect }: LineProps) {
  const line = list.lines[index];
  const run = useCallback((section: Section) => actions.run(section.tasks), [actions.run]);
  const pause = useCallback((section: Section) => actions.pauseOrResume(section.tasks), [actions.pauseOrResume]);
  if (!line) return null;
  const place = { index, start, isActive: index === state.activeIndex };
  if (line.kind === 'section') {
    const isSelected = idsOf(line).every((id) => state.selection.has(id));
    const isOver = overKey === line.key;
    return <SectionLine {...place} {...{ isSelected, isOver }} section={line.section} onRun={run} onPause={pause} />;
  }
  return (
    <TaskLine
      {...place}
      isSelected={state.selection.has(line.task.id)}
      task={line.task}
      timing={list.timings.get(line.task.timingId)}
      isNested={line.section !== null}
      depth={line.depth}
      after={afterWords(linksOf(line.task), (id) => list.names.get(id))}
      onSelect={onSelect}
    />
  );
}

/** Returns the index of the row that an element is in; -1 outside the rows. */
function indexAt(target: EventTarget): number {
  const row = target instanceof Element ? target.closest('[data-line]') : null;
  return Number(row?.getAttribute('data-line') ?? -1);
}

const isControl = (target: EventTarget): boolean =>
  target instanceof Element && target.closest('button, a, input') !== null;

function useRows({ lines }: TaskList, activeIndex: number, scroller: RefObject<HTMLDivElement | null>) {
  const rem = useMemo(() => parseFloat(getComputedStyle(document.documentElement).fontSize), []);
  const virtual: ListVirtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (lines[index]?.kind === 'section' ? SECTION_REM : TASK_REM) * rem,
    getItemKey: useCallback((index: number) => lines[index]?.key ?? index, [lines]),
    overscan: 8,
    scrollMargin: HEAD_REM * rem,
    scrollPaddingStart: HEAD_REM * rem,
    // The active row stays in the page, wherever the list is scrolled to: it holds the focus.
    rangeExtractor: (range: Range) => {
      const visible = defaultRangeExtractor(range);
      if (activeIndex < 0 || activeIndex >= range.count || visible.includes(activeIndex)) return visible;
      return [...visible, activeIndex].sort((a, b) => a - b);
    },
  });
  return { virtual, rem };
}

/** Moves the focus with the active row, and keeps it in the list when the row that had it is gone. */
function useFocus(
  scroller: RefObject<HTMLDivElement | null>,
  virtual: ListVirtualizer,
  state: ListState,
  count: number,
): (index: number) => void {
  const wanted = useRef(false);
  const hadFocus = useRef(false);
  const { activeIndex } = state;
  useEffect(() => {
    const element = scroller.current;
    const note = () => (hadFocus.current = element?.contains(document.activeElement) ?? false);
    // Removing the row with the focus sends no such event, so the last note still holds.
    document.addEventListener('focusin', note);
    return () => document.removeEventListener('focusin', note);
  }, [scroller]);
  useLayoutEffect(() => {
    const isLost = hadFocus.current && document.activeElement === document.body;
    if (!wanted.current && !isLost) return;
    const row = scroller.current?.querySelector(`[data-line="${activeIndex}"]`);
    if (!(row instanceof HTMLElement)) return;
    wanted.current = false;
    row.focus({ preventScroll: true });
  });
  return (index) => {
    if (count === 0) return;
    wanted.current = true;
    state.activate(index);
    virtual.scrollToIndex(index, { align: 'auto' });
  };
}

/** One menu for all rows: of the row under the pointer, or of all chosen tasks if it is one of them. */
function useRowMenu({ list, state, actions }: TaskTableProps) {
  const commands = useCommands();
  const canSave = useCan('files');
  const [line, setLine] = useState<ListLine | undefined>();
  const onAsk = (event: MouseEvent) => {
    const index = indexAt(event.target);
    if (index < 0) return event.preventDefault();
    setLine(list.lines[index]);
    state.activate(index);
  };
  return {
    onAsk,
    entries: line === undefined ? [] : entriesOf(line, { list, state, actions }, { actions, commands, canSave }),
  };
}

function entriesOf(line: ListLine, { list, state }: TaskTableProps, needs: MenuNeeds): MenuEntry[] {
  const isChosen = idsOf(line).every((id) => state.selection.has(id));
  if (isChosen && state.selection.size > 1) {
    return bulkMenu(
      list.shown.filter(({ id }) => state.selection.has(id)),
      needs,
    );
  }
  if (line.kind === 'task') return taskMenu(line.task, needs);
  const { timing, tasks } = line.section;
  const open = timing && groupEntry(() => needs.commands.navigation.go({ view: 'group', timingId: timing.id }));
  return [...(open ? [open] : []), selectEntry(() => state.toggle(line)), ...bulkMenu(tasks, needs)];
}

/** Returns a handler of clicks on check boxes that stays the same, so that rows are not drawn again. */
function useSelecting(list: TaskList, state: ListState): (index: number, event: MouseEvent) => void {
  const latest = useRef({ list, state });
  latest.current = { list, state };
  return useCallback((index, event) => {
    const line = latest.current.list.lines[index];
    if (event.shiftKey) latest.current.state.extendTo(index);
    else if (line) latest.current.state.toggle(line);
  }, []);
}

/** Rest of the list before visible rows fetch their figures, in ms: rows that fly past need none. */
const REST_MS = 60;

function useVisibleFigures(lines: readonly ListLine[], virtual: ListVirtualizer): void {
  const { figures } = useCommands();
  // Not the rows in the page: the active one is among them, wherever it is.
  const from = virtual.range?.startIndex ?? 0;
  const to = virtual.range?.endIndex ?? 0;
  useEffect(() => {
    const timer = setTimeout(() => {
      const visible = lines
        .slice(from, to + 1)
        .flatMap((line): TaskView[] => (line.kind === 'task' ? [line.task] : []));
      void figures.fetch(visible, true);
    }, REST_MS);
    return () => clearTimeout(timer);
  }, [figures, lines, from, to]);
}
