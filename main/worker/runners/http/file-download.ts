import { lstatSync, statSync } from 'node:fs';
import { open, rename, rm, statfs } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { messageOf, SchedulerError } from '../../../domain/errors.ts';

/** The body could not be written to the file. */
export class NotSavedError extends Error {}

/**
 * Writes a response to a file. The bytes go into a file of a temporary name beside it, which takes its place when the
 * response is complete, so the file is never half written and an earlier one stays until then.
 */
export class FileDownload {
  readonly path: string;
  readonly #temporary: string;
  #handle: FileHandle | null = null;

  /**
   * @param path absolute
   * @throws SchedulerError `execution/bad-save-path` if the path is a link, a folder or anything else but a file, or if its
   * folder does not exist. Nothing has been written then.
   */
  constructor(path: string, executionId: string) {
    this.path = path;
    this.#temporary = join(dirname(path), `.${basename(path)}.${executionId}.part`);
    this.#check();
  }

  /**
   * Creates the temporary file.
   * @param expectedBytes length of the body, if it is known: a body that does not fit on the disk is refused at once
   * @throws NotSavedError
   */
  async begin(expectedBytes: number | null): Promise<void> {
    await this.#writing(async () => {
      const { bavail, bsize } = await statfs(dirname(this.path));
      if (expectedBytes !== null && expectedBytes > bavail * bsize)
        throw new Error(`the response has ${expectedBytes} bytes, and the disk has ${bavail * bsize} bytes left`);
      // Fails if the name exists, also as a link.
      this.#handle = await open(this.#temporary, 'wx', this.#mode());
    });
  }

  /** @throws NotSavedError. */
  async write(chunk: Uint8Array): Promise<void> {
    await this.#writing(async () => this.#handle?.appendFile(chunk));
  }

  /** Puts the file in its place. @throws NotSavedError, SchedulerError as the constructor. */
  async complete(): Promise<void> {
    await this.#writing(async () => {
      await this.#handle?.sync();
      await this.#handle?.close();
      this.#handle = null;
    });
    this.#check();
    await this.#writing(() => rename(this.#temporary, this.path));
  }

  /** Removes the temporary file of a download that was not completed. */
  async discard(): Promise<void> {
    await this.#handle?.close();
    this.#handle = null;
    await rm(this.#temporary, { force: true });
  }

  /** The permissions of the file that is replaced; for a new one, what the umask leaves. */
  #mode(): number {
    const mode = lstatSync(this.path, { throwIfNoEntry: false })?.mode;
    return mode === undefined ? 0o666 : mode & 0o777;
  }

  async #writing(step: () => Promise<void>): Promise<void> {
    try {
      await step();
    } catch (error) {
      throw new NotSavedError(`The response could not be saved to ${this.path}: ${messageOf(error)}.`);
    }
  }

  #check(): void {
    const problem = problemOf(this.path);
    if (problem === null) return;
    const message = `The file of "saveTo" cannot be written: ${problem}`;
    throw new SchedulerError('execution/bad-save-path', message, { parameter: 'saveTo' });
  }
}

function problemOf(path: string): string | null {
  const folder = dirname(path);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true)
    return `the folder ${folder} does not exist.`;
  const existing = lstatSync(path, { throwIfNoEntry: false });
  if (existing === undefined || existing.isFile()) return null;
  if (existing.isSymbolicLink()) return `${path} is a link. Name the file itself.`;
  return existing.isDirectory() ? `${path} is a folder. Add the name of a file.` : `${path} is not a regular file.`;
}
