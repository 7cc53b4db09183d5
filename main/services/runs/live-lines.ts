/**
 * The unfinished last line of each run of this process, such as a progress bar or a prompt. The log on disk has a line only
 * once it is complete.
 */
export class LiveLines {
  readonly #lines = new Map<string, string>();

  /** @param line in the format of the log, without line end; empty for none */
  show(executionId: string, line: string): void {
    if (line === '') this.#lines.delete(executionId);
    else this.#lines.set(executionId, line);
  }

  /** Returns the line in the format of the log; empty if there is none, or if another process runs it. */
  of(executionId: string): string {
    return this.#lines.get(executionId) ?? '';
  }
}
