import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Damage } from './operations.ts';

/** SQLite maps this file into memory, so cutting it off under an open ledger kills the process. */
const mapped = /-shm$/;
const helpers = ['-wal', '-shm'];

/** The files of a data directory, with the copies that a backup program made of them. */
export class LossFiles {
  readonly #dir: string;
  readonly #copies: string;
  #kept = 0;

  /** @param dir the data directory. Copies are made beside it. */
  constructor(dir: string) {
    this.#dir = dir;
    this.#copies = `${dir}-copies`;
  }

  /** Copies all files as they are, also while they are in use. */
  keep(): void {
    const target = join(this.#copies, String((this.#kept += 1)));
    mkdirSync(target, { recursive: true });
    for (const name of this.#names(this.#dir)) copyFileSync(join(this.#dir, name), join(target, name));
  }

  /** @param isOpen true if a process has the ledger open */
  lose(name: string, how: Damage, { isOpen, withHelpers }: { isOpen: boolean; withHelpers: boolean }): void {
    const path = join(this.#dir, name);
    if (withHelpers && name === 'ledger.db') for (const suffix of helpers) rmSync(path + suffix, { force: true });
    if (!existsSync(path)) return;
    if (how === 'delete' || (isOpen && mapped.test(name))) return rmSync(path);
    if (how === 'empty') return truncateSync(path);
    if (how === 'halve') return truncateSync(path, Math.floor(statSync(path).size / 2));
    writeFileSync(path, 'overwritten '.repeat(Math.ceil(readFileSync(path).length / 12)));
  }

  /** Restores one file, or with null all files, from a copy. A file that the copy lacks stays. */
  restore(
    name: string | null,
    copy: number,
    { isOpen, inPlace, withHelpers }: { isOpen: boolean; inPlace: boolean; withHelpers: boolean },
  ): void {
    if (this.#kept === 0) return;
    const from = join(this.#copies, String(this.#kept - (copy % this.#kept)));
    const withIt = withHelpers && name === 'ledger.db' ? helpers.map((suffix) => name + suffix) : [];
    for (const each of name === null ? this.#names(from) : [...withIt, name]) {
      const [source, target] = [join(from, each), join(this.#dir, each)];
      if (!existsSync(source)) rmSync(each === name ? `${target}.none` : target, { force: true });
      else if (inPlace && !(isOpen && mapped.test(each))) copyFileSync(source, target);
      else {
        copyFileSync(source, `${target}.restored`);
        renameSync(`${target}.restored`, target);
      }
    }
  }

  remove(): void {
    for (const dir of [this.#dir, this.#copies]) rmSync(dir, { recursive: true, force: true });
  }

  #names(dir: string): string[] {
    return readdirSync(dir).filter(
      (name) => /^(schedule\.json|config\.json|ledger\.(db|mark))/.test(name) && !name.includes('corrupt'),
    );
  }
}
