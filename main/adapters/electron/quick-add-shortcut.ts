import { globalShortcut } from 'electron';
import type { DesktopState } from '../../contract/desktop.ts';

/** The global shortcut for quick add, if the person chose one. */
export class QuickAddShortcut {
  readonly #open: () => void;
  #keys = '';
  #problem: string | null = null;

  constructor(open: () => void) {
    this.#open = open;
  }

  /** @param keys an accelerator such as `Control+Alt+N`; empty for none */
  use(keys: string): void {
    if (keys === this.#keys && this.#problem === null) return;
    if (this.#keys !== '' && this.#problem === null) globalShortcut.unregister(this.#keys);
    this.#keys = keys;
    this.#problem = keys === '' ? null : this.#register(keys);
  }

  state(): DesktopState['shortcut'] {
    return { active: this.#keys !== '' && this.#problem === null, problem: this.#problem };
  }

  #register(keys: string): string | null {
    try {
      // Wayland has no global shortcuts; on X11, macOS and Windows false means that another program uses the keys.
      if (globalShortcut.register(keys, this.#open)) return null;
      return `${keys} is used by another program or by the system. Choose other keys.`;
    } catch {
      return `${keys} is not a shortcut. Join keys with +, for example Control+Alt+N.`;
    }
  }
}
