import type { KeyboardEvent } from 'react';
import { useCommands } from '../../session-context.tsx';
import { actionOf } from '../../shortcuts.ts';
import type { ShortcutAction } from '../../shortcuts.ts';
import type { ListActions } from './use-list-actions.ts';
import type { ListState } from './use-list-state.ts';
import type { TaskList } from './use-task-list.ts';

interface KeysOptions {
  readonly list: TaskList;
  readonly state: ListState;
  readonly actions: ListActions;
  /** Makes a row the active one, scrolls to it and gives it the focus. */
  readonly goTo: (index: number) => void;
  /** Number of rows in view. */
  readonly pageRows: () => number;
}

/** Handles the keys of the list, from the table of all shortcuts. */
export function useListKeys({ list, state, actions, goTo, pageRows }: KeysOptions) {
  const { list: listCommands } = useCommands();
  const { activeIndex, active } = state;
  const extend = (step: number) => {
    const next = within(list, activeIndex + step);
    state.extendTo(next);
    goTo(next);
  };
  const toggleFold = (isFolded: boolean) => {
    if (active?.kind !== 'section' || active.section.isFolded === isFolded) return false;
    listCommands.toggleFold(active.key);
    return true;
  };
  const handlers: Partial<Record<ShortcutAction, (event: KeyboardEvent<HTMLElement>) => void>> = {
    down: () => goTo(within(list, activeIndex + 1)),
    up: (event) => (activeIndex <= 0 ? focusHead(event) : goTo(activeIndex - 1)),
    first: () => goTo(0),
    last: () => goTo(list.lines.length - 1),
    pageDown: () => goTo(within(list, activeIndex + pageRows())),
    pageUp: () => goTo(within(list, activeIndex - pageRows())),
    open: () => active && actions.open(active),
    peek: () => state.setPeeking(!state.isPeeking && active?.kind === 'task'),
    select: () => active && state.toggle(active),
    extendDown: () => extend(1),
    extendUp: () => extend(-1),
    selectAll: state.selectAll,
    clear: () => (state.isPeeking ? state.setPeeking(false) : state.clear()),
    run: () => actions.run(state.targets),
    pause: () => actions.pauseOrResume(state.targets),
    skip: () => actions.skipNext(state.targets),
    edit: () => actions.edit(state.targets),
    delete: () => actions.remove(state.targets),
    into: (event) => toggleFold(true) || focusFirst(event, '[data-action]'),
    back: () => toggleFold(false) || goTo(headingOf(list, activeIndex)),
  };
  return (event: KeyboardEvent<HTMLElement>): void => {
    if (moveInRow(event, () => goTo(activeIndex))) return;
    if (!isOfRow(event)) return;
    const action = actionOf('tasks', event);
    const handle = action === null ? undefined : handlers[action];
    if (!handle) return;
    event.preventDefault();
    handle(event);
  };
}

/** A check box that was clicked has the focus, and the keys of its row go on; only Space is its own. */
function isOfRow({ target, key }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.matches('[data-line]') || (key !== ' ' && target.matches('[data-line] input'));
}

const within = ({ lines }: TaskList, index: number): number => Math.min(Math.max(index, 0), lines.length - 1);

/** Returns the row of the heading above a task; for a heading, or in a flat list, the row itself. */
function headingOf({ lines }: TaskList, index: number): number {
  const line = lines[index];
  if (line?.kind !== 'task' || line.section === null) return index;
  return lines.findLastIndex((other, at) => at < index && other.kind === 'section');
}

function focusHead(event: KeyboardEvent<HTMLElement>): void {
  focusFirst(event, '[data-sort]', event.currentTarget);
}

function focusFirst(event: KeyboardEvent<HTMLElement>, selector: string, within: Element | null = null): boolean {
  const place = within ?? (event.target instanceof Element ? event.target : null);
  const found = place?.querySelector(selector);
  if (!(found instanceof HTMLElement)) return false;
  found.focus();
  return true;
}

/**
 * Moves the focus between the buttons of a row, or of the head, and back to the row.
 * @returns false if the focus is on none of them
 */
function moveInRow(event: KeyboardEvent<HTMLElement>, toRow: () => void): boolean {
  const { target, key } = event;
  if (!(target instanceof HTMLElement) || !target.matches('[data-action], [data-sort]')) return false;
  const buttons = [
    ...(target.closest('[role="row"]')?.querySelectorAll<HTMLElement>('[data-action], [data-sort]') ?? []),
  ];
  const at = buttons.indexOf(target);
  if (key === 'ArrowRight') buttons[at + 1]?.focus();
  else if (key === 'ArrowLeft' && at > 0) buttons[at - 1]?.focus();
  else if (key === 'ArrowLeft' || key === 'Escape' || key === 'ArrowDown') toRow();
  else return key !== 'Tab';
  event.preventDefault();
  return true;
}
