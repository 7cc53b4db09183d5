import type { LogLink } from './link-question.tsx';

/** Returns the link of a log that was clicked, or on which Enter was pressed; null for anything else. */
export function linkOfEvent(event: { target: EventTarget; preventDefault: () => void }): LogLink | null {
  const element = event.target instanceof Element ? event.target.closest('[data-address]') : null;
  if (!(element instanceof HTMLElement)) return null;
  event.preventDefault();
  return { address: element.dataset['address'] ?? '', shown: element.textContent ?? '' };
}
