import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readText } from '../files/read-file.ts';
import { baseFolder } from '../files/base-folder.ts';
import { autostartEntry, isSwitchedOff } from '../../domain/desktop-entry.ts';
import type { LoginItem } from '../../ports/desktop.ts';
import { refuseForeignOwner } from '../files/file-owner.ts';

export interface AutostartOptions {
  /** `$XDG_CONFIG_HOME`, or undefined for `~/.config`. */
  readonly configHome: string | undefined;
  readonly homeDir: string;
  /** Part of the file name, so that two data directories never share a file; empty for the default directory. */
  readonly namespace: string;
  /** The program and its arguments. For an AppImage, the file itself: its mount path changes at each start. */
  readonly command: readonly string[];
}

/** Start at login on Linux, by a file in the XDG autostart folder, which every desktop reads. */
export class AutostartFile implements LoginItem {
  readonly path: string;
  readonly #command: readonly string[];

  constructor({ configHome, homeDir, namespace, command }: AutostartOptions) {
    const folder = baseFolder(configHome, join(homeDir, '.config'));
    const suffix = namespace === '' ? '' : `-${namespace}`;
    this.path = join(folder, 'autostart', `ncp-scheduler${suffix}.desktop`);
    this.#command = command;
  }

  enabled(): boolean {
    const entry = this.#read();
    return entry !== null && !isSwitchedOff(entry);
  }

  /** Also updates an entry whose program has moved. */
  setEnabled(enabled: boolean): boolean {
    if (!enabled) rmSync(this.path, { force: true });
    else this.#write(autostartEntry(this.#command));
    return this.enabled();
  }

  #write(entry: string): void {
    if (this.#read() === entry) return;
    refuseForeignOwner(this.path);
    mkdirSync(dirname(this.path), { recursive: true });
    writeFileSync(this.path, entry);
  }

  #read(): string | null {
    try {
      return readText(this.path);
    } catch (problem) {
      if (problem instanceof Error && 'code' in problem && problem.code === 'ENOENT') return null;
      throw problem;
    }
  }
}
