import { useEffect } from 'react';
import { focusRegion, returnFocus } from './focus-return.ts';

/** Parts of a page near a control that went away, from which Tab can continue. */
const regions = 'section, aside, table, ul, ol, dl, form, [role="group"], [role="toolbar"], [role="dialog"], main';

/**
 * Keeps the focus in the page when the control that has it goes away or is disabled, such as the button of a row that
 * is deleted, or a control of a view that a shortcut leaves: the nearest part of the page that is left gets it.
 */
export function useKeptFocus(): void {
  useEffect(() => {
    /** The control with the focus and what it is in, from the inside. Empty if the person took the focus away. */
    let path: readonly Element[] = [];
    let frame = 0;
    const onFocusIn = ({ target }: FocusEvent) => (path = target instanceof Element ? pathOf(target) : []);
    const onFocusOut = ({ target }: FocusEvent) => {
      // Chromium sends this event before it removes the control. Another program in front leaves the focus where it is.
      queueMicrotask(() => {
        if (path[0] === target && !isGone(path[0]) && document.activeElement !== target) path = [];
      });
    };
    const restore = () => {
      if (!isLost(path)) return;
      const left = path.find((element) => element.isConnected)?.closest<HTMLElement>(regions);
      if (left != null && left.closest('main, [role="dialog"]') !== null) focusRegion(left);
      else returnFocus(null);
    };
    // Dialogs, menus and lists give the focus back themselves, at the latest in the task after the change.
    const later = () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => setTimeout(restore, 0));
    };
    const changes = new MutationObserver(() => isLost(path) && later());
    changes.observe(document.body, { childList: true, subtree: true, attributeFilter: ['disabled'] });
    document.addEventListener('focusin', onFocusIn);
    document.addEventListener('focusout', onFocusOut);
    return () => {
      changes.disconnect();
      cancelAnimationFrame(frame);
      document.removeEventListener('focusin', onFocusIn);
      document.removeEventListener('focusout', onFocusOut);
    };
  }, []);
}

function pathOf(element: Element): Element[] {
  const path: Element[] = [];
  for (let each: Element | null = element; each !== null; each = each.parentElement) path.push(each);
  return path;
}

const isGone = (element: Element | undefined): boolean =>
  element !== undefined && (!element.isConnected || element.matches(':disabled'));

const isLost = ([element]: readonly Element[]): boolean =>
  isGone(element) && (document.activeElement === document.body || document.activeElement === element);
