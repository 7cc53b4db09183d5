/**
 * Returns the control that opened a dialog: the focused one or, for an entry of a menu, which is gone when the dialog
 * closes, the button of the menu. Null if nothing has the focus, as after a keyboard shortcut.
 */
export function openerOf(active: Element | null): HTMLElement | null {
  if (!(active instanceof HTMLElement) || active === document.body) return null;
  const trigger = active.closest('[role="menu"]')?.getAttribute('aria-labelledby') ?? null;
  return trigger === null ? active : document.getElementById(trigger);
}

/**
 * Gives the focus back after a dialog has closed: to its opener; if that is gone, to the dialog below; else to the view.
 * Leaves the focus in the view if the dialog led there, such as to a row of the settings.
 */
export function returnFocus(opener: HTMLElement | null): void {
  if (document.activeElement?.closest('main')) return;
  const dialogs = document.querySelectorAll<HTMLElement>('[role="dialog"]');
  const home = dialogs[dialogs.length - 1] ?? document.querySelector<HTMLElement>('main');
  if (opener?.isConnected === true && opener !== document.body) return opener.focus();
  if (home !== null) focusRegion(home);
}

/** Gives the focus to something that is no control: Tab continues from there. */
export function focusRegion(region: HTMLElement): void {
  // A region takes the focus from a script only with a tabindex.
  if (!region.hasAttribute('tabindex')) region.tabIndex = -1;
  region.focus({ preventScroll: true });
}
