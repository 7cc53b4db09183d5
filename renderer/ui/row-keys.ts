import type { KeyboardEvent } from 'react';
import { actionOf } from '../shortcuts.ts';

/** Moves the focus between the rows of a table with the keys of a list of runs. Each row has one link with `data-row`. */
export function moveBetweenRows(event: KeyboardEvent<HTMLElement>): void {
  const action = actionOf('runs', event);
  if (action !== 'down' && action !== 'up') return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('a[data-row]')];
  const at = links.findIndex((link) => link === document.activeElement);
  const next = links[at === -1 ? 0 : at + (action === 'down' ? 1 : -1)];
  if (!next) return;
  event.preventDefault();
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: 'nearest' });
}
