import type { text } from './text/en.ts';

/** One way to press a shortcut. */
export interface KeyPress {
  /** As in `KeyboardEvent.key`; letters in lower case. */
  readonly key: string;
  /** With Command on macOS, Control elsewhere. */
  readonly mod?: true;
  readonly shift?: true;
  readonly alt?: true;
}

export type ShortcutAction = keyof typeof text.shortcuts.actions;
export type ShortcutScope = keyof typeof text.shortcuts.scopes;

export interface Shortcut {
  readonly action: ShortcutAction;
  readonly presses: readonly KeyPress[];
}

const press = (key: string): KeyPress => ({ key });
const mod = (key: string): KeyPress => ({ key, mod: true });
const shift = (key: string): KeyPress => ({ key, shift: true });
const alt = (key: string): KeyPress => ({ key, alt: true });
const entry = (action: ShortcutAction, ...presses: KeyPress[]): Shortcut => ({ action, presses });

/** Every shortcut of the window. The parts of the window look their keys up here, and the dialog lists them. */
export const shortcutTable = {
  window: [
    entry('palette', mod('k')),
    entry('newTask', mod('n')),
    entry('quickAdd', { key: 'n', mod: true, shift: true }),
    entry('search', press('/')),
    entry('overview', mod('1')),
    entry('groups', mod('2')),
    entry('executions', mod('3')),
    entry('timeline', mod('4')),
    entry('settings', mod('5'), mod(',')),
    entry('activity', mod('6')),
    entry('insights', mod('7')),
    // Control and the digit alone lead to the views.
    entry(
      'machine',
      ...['1', '2', '3', '4', '5', '6', '7', '8', '9'].map((key) => ({ key, mod: true, alt: true }) as const),
    ),
    entry('undo', mod('z')),
    // As in a browser.
    entry('goBack', alt('ArrowLeft'), mod('[')),
    entry('sheet', press('?')),
    // As other programs reach their messages.
    entry('toast', press('F8')),
  ],
  overview: [
    entry('earlierDay', press('ArrowLeft')),
    entry('laterDay', press('ArrowRight')),
    entry('firstDay', press('Home')),
    entry('lastDay', press('End')),
  ],
  search: [entry('toResults', press('ArrowDown'))],
  tasks: [
    entry('down', press('ArrowDown'), press('j')),
    entry('up', press('ArrowUp'), press('k')),
    entry('first', press('Home')),
    entry('last', press('End')),
    entry('pageDown', press('PageDown')),
    entry('pageUp', press('PageUp')),
    entry('open', press('Enter')),
    entry('peek', press(' ')),
    entry('run', press('r')),
    entry('pause', press('p')),
    entry('skip', press('s')),
    entry('edit', press('e')),
    entry('delete', press('Delete')),
    entry('select', press('x'), mod(' ')),
    entry('extendDown', shift('ArrowDown')),
    entry('extendUp', shift('ArrowUp')),
    entry('selectAll', mod('a')),
    entry('clear', press('Escape')),
    entry('into', press('ArrowRight')),
    entry('back', press('ArrowLeft')),
    entry('menu', shift('F10')),
  ],
  taskPage: [
    entry('edit', press('e')),
    entry('olderRun', press('ArrowLeft')),
    entry('newerRun', press('ArrowRight')),
    entry('oldestRun', press('Home')),
    entry('newestRun', press('End')),
  ],
  runs: [entry('down', press('ArrowDown')), entry('up', press('ArrowUp'))],
  run: [entry('edit', press('e')), entry('rerun', press('r')), entry('leave', press('Escape'))],
  log: [
    entry('nextMatch', press('Enter')),
    entry('previousMatch', shift('Enter')),
    entry('clearSearch', press('Escape')),
  ],
  timeline: [
    entry('earlier', press('ArrowLeft')),
    entry('later', press('ArrowRight')),
    entry('zoomIn', press('+'), press('=')),
    entry('zoomOut', press('-')),
    entry('now', press('Home')),
  ],
  editor: [
    entry('save', mod('Enter')),
    entry('saveAndRun', { key: 'Enter', mod: true, shift: true }),
    entry('close', press('Escape')),
  ],
  quickAdd: [entry('save', press('Enter')), entry('close', press('Escape'))],
} as const satisfies Record<ShortcutScope, readonly Shortcut[]>;

type PressedKey = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'> & {
  readonly code?: string;
};

/** Returns the action of this part of the window that a key press means; null if it means none. */
export function actionOf(scope: ShortcutScope, event: PressedKey): ShortcutAction | null {
  const shortcuts: readonly Shortcut[] = shortcutTable[scope];
  return shortcuts.find(({ presses }) => presses.some((each) => isPressed(each, event)))?.action ?? null;
}

function isPressed({ key, ...held }: KeyPress, event: PressedKey): boolean {
  const pressed = held.alt === true ? (digitOf(event) ?? letterOf(event)) : letterOf(event);
  // Which keys need Shift for a sign such as ? depends on the layout.
  const isSign = /^[^\p{L}\p{N}\s]$/u.test(key);
  const sameShift = isSign || event.shiftKey === (held.shift ?? false);
  const sameAlt = event.altKey === (held.alt ?? false);
  return pressed === key && sameShift && sameAlt && (event.ctrlKey || event.metaKey) === (held.mod ?? false);
}

const letterOf = ({ key }: PressedKey): string => (key.length === 1 ? key.toLowerCase() : key);

/** The digit on the key: with Alt, many layouts make another character of it. */
export const digitOf = ({ code = '' }: PressedKey): string | undefined => /^Digit([1-9])$/.exec(code)?.[1];
