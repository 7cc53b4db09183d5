import { useEffect } from 'react';
import { useCommands, useNavigation } from '../../session-context.tsx';

/** Scrolls to the section or row of the settings that was asked for, and puts the focus there. */
export function useShownSetting(isLoaded: boolean): void {
  const { navigation } = useCommands();
  const wanted = useNavigation((state) => state.setting);
  useEffect(() => {
    if (!isLoaded || wanted === null) return;
    navigation.settingShown();
    const labels = [...document.querySelectorAll<HTMLElement>('main h2, main label, main button')];
    const label = labels.find(({ textContent }) => textContent.trim() === wanted);
    if (label === undefined) return;
    label.scrollIntoView({ block: label.tagName === 'H2' ? 'start' : 'center' });
    controlOf(label).focus({ preventScroll: true });
  }, [navigation, isLoaded, wanted]);
}

/** Returns the control of a row, the button, or the heading itself, which takes the focus only this way. */
function controlOf(label: HTMLElement): HTMLElement {
  if (label instanceof HTMLButtonElement) return label;
  const control = label instanceof HTMLLabelElement ? label.control : null;
  const focusable = 'button:not([disabled]), input:not([disabled]), select, textarea';
  const inRow =
    label.tagName === 'H2' ? null : label.parentElement?.parentElement?.querySelector<HTMLElement>(focusable);
  if (control === null && !inRow) label.tabIndex = -1;
  return control ?? inRow ?? label;
}
