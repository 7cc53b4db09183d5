import type { JSONValue } from 'json-p3';
import type { Criterion, FileCriterion, JsonCriterion } from '../../contract/success.ts';
import { criterionText } from './criterion-text.ts';
import { jsonUnmet } from './json-check.ts';
import { LineCheck, streamsOf } from './line-check.ts';
import type { FoundLine, LineBlock, OutputStream } from './line-check.ts';
import { OutputLines } from './output-lines.ts';
import { readJson } from './read-json.ts';
import { spanText } from './span-text.ts';

/** How much output is kept to be read as JSON, in characters. */
const longestJson = 4 * 1024 * 1024;

export interface JudgeOptions {
  /** The tool that ran, which decides what its output is. */
  readonly tool: string;
  /** Returns size and age of a file; null if there is no such file. */
  readonly file: (path: string) => { readonly bytes: number; readonly ageMs: number } | null;
}

/** A criterion that a run did not meet. */
export interface Unmet {
  readonly criterion: Criterion;
  /** One sentence with the demand and what was found instead. */
  readonly message: string;
  /** The line of output that decided it. */
  readonly line: FoundLine | null;
}

/** Follows the output of one run and decides whether it meets the criteria. */
export class SuccessJudge {
  readonly #criteria: readonly Criterion[];
  readonly #options: JudgeOptions;
  readonly #lines = { out: new OutputLines('out'), err: new OutputLines('err') };
  readonly #checks = new Map<Criterion, LineCheck>();
  #json: string[] = [];
  #jsonLength: number;

  constructor(criteria: readonly Criterion[], options: JudgeOptions) {
    this.#criteria = criteria;
    this.#options = options;
    for (const criterion of criteria)
      if (criterion.check !== 'json' && criterion.check !== 'file')
        this.#checks.set(criterion, new LineCheck(criterion, streamsOf(options.tool)));
    this.#jsonLength = criteria.some(({ check }) => check === 'json') ? 0 : Infinity;
  }

  /** Takes output as it arrives. */
  output(stream: OutputStream, chunk: Uint8Array): void {
    this.#see(this.#lines[stream].push(chunk));
  }

  /**
   * Ends the output and returns the criteria that were not met, in their order.
   * @param structured the answer as JSON, if the tool gives it apart from its text
   */
  unmet(structured?: unknown): Unmet[] {
    this.#see(this.#lines.out.end());
    this.#see(this.#lines.err.end());
    return this.#criteria.flatMap((criterion) => {
      const found = this.#judge(criterion, structured);
      if (found === null) return [];
      return [{ criterion, message: `${criterionText(criterion)}, but ${found.reason}`, line: found.line }];
    });
  }

  #see(block: LineBlock | null): void {
    if (block === null) return;
    for (const check of this.#checks.values()) check.see(block);
    if (block.stream !== 'out' || this.#jsonLength > longestJson) return;
    this.#jsonLength += block.text.length + 1;
    this.#json.push(block.text);
    if (this.#jsonLength > longestJson) this.#json = [];
  }

  #judge(criterion: Criterion, structured: unknown): { reason: string; line: FoundLine | null } | null {
    const check = this.#checks.get(criterion);
    if (check !== undefined) return check.unmet();
    const reason =
      criterion.check === 'file' ? this.#fileUnmet(criterion) : this.#jsonUnmet(criterion as JsonCriterion, structured);
    return reason === null ? null : { reason, line: null };
  }

  #jsonUnmet(criterion: JsonCriterion, structured: unknown): string | null {
    if (structured !== undefined) return jsonUnmet(criterion, structured as JSONValue);
    if (this.#jsonLength > longestJson) return 'the output is longer than 4 MiB';
    const read = readJson(this.#json.join('\n'));
    if (read !== undefined) return jsonUnmet(criterion, read);
    // Output that is not JSON has no such value.
    return criterion.is === 'lacks' || criterion.is === 'empty' ? null : 'the output is not JSON';
  }

  #fileUnmet({ path, youngerThanMs, minBytes }: FileCriterion): string | null {
    const file = this.#options.file(path);
    if (file === null) return 'there is no such file';
    if (youngerThanMs !== undefined && file.ageMs > youngerThanMs)
      return `it was written ${spanText(Math.ceil(file.ageMs / 1000) * 1000)} ago`;
    return minBytes !== undefined && file.bytes < minBytes ? `it has ${file.bytes} bytes` : null;
  }
}
