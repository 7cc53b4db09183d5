import { homedir } from 'node:os';
import { AutostartFile } from '../adapters/freedesktop/autostart-file.ts';
import { messageOf } from '../domain/errors.ts';
import type { LoginItem } from '../ports/desktop.ts';
import type { DesktopState } from '../contract/desktop.ts';
import type { SettingsChangeOperations } from '../application/operations.ts';
import type { Outside } from '../application/outside.ts';
import type { Executable } from '../start/entry-command.ts';

/** Keeps the system's login item and the setting `startAtLogin` in sync. */
export class StartAtLogin {
  readonly #outside: Outside;
  readonly #changes: SettingsChangeOperations;
  readonly #item: LoginItem;
  #problem: string | null = null;

  private constructor(outside: Outside, changes: SettingsChangeOperations, item: LoginItem) {
    this.#outside = outside;
    this.#changes = changes;
    this.#item = item;
  }

  static async open(
    outside: Outside,
    changes: SettingsChangeOperations,
    executable: Executable,
  ): Promise<StartAtLogin> {
    return new StartAtLogin(outside, changes, await loginItem(outside, executable));
  }

  /**
   * Adopts the system's state. Call at the start of the app. If the login item was removed in the system's settings,
   * turns the setting off. Rewrites an existing item, because the program may have moved.
   */
  reconcile(): void {
    const { settings } = this.#outside;
    this.#attempt(() => {
      if (settings.read().startAtLogin !== true) return;
      if (this.#item.enabled()) this.#item.setEnabled(true);
      else this.#changes.update({ startAtLogin: false }, 'scheduler');
    });
  }

  /** Applies the setting to the login item. Call after a change of the settings. */
  apply(): void {
    const wanted = this.#outside.settings.read().startAtLogin ?? false;
    this.#attempt(() => {
      if (wanted === this.#item.enabled()) return;
      if (this.#item.setEnabled(wanted) !== wanted) {
        this.#problem = 'The system refused the login item. Allow it in the system settings, under login items.';
      }
    });
  }

  state(): DesktopState['startAtLogin'] {
    return { enabled: this.#outside.settings.read().startAtLogin ?? false, problem: this.#problem };
  }

  #attempt(action: () => void): void {
    this.#problem = null;
    try {
      action();
    } catch (problem) {
      this.#problem = messageOf(problem);
      this.#outside.logger.warn('Start at login could not be set', { problem: this.#problem });
    }
  }
}

async function loginItem({ dataDir, entryContext }: Outside, executable: Executable): Promise<LoginItem> {
  const { namespace } = entryContext();
  const program = executable.appImage ?? executable.execPath;
  const command = [program, '--hidden', ...(namespace === '' ? [] : ['--data-dir', dataDir])];
  if (executable.platform !== 'linux') {
    const { SystemLoginItem } = await import('../adapters/electron/login-item.ts');
    return new SystemLoginItem(command);
  }
  const configHome = process.env['XDG_CONFIG_HOME'];
  return new AutostartFile({ configHome, homeDir: homedir(), namespace, command });
}
