import { RE2JS } from 're2js';
import type { OutputSource, TextCriterion } from '../../contract/success.ts';

export type OutputStream = 'out' | 'err';

/** Which streams each source means. */
export type StreamsOf = Readonly<Record<OutputSource, readonly OutputStream[]>>;

/** Returns what each source means for a tool: a command's output is both streams, any other tool's only its answer. */
export function streamsOf(tool: string): StreamsOf {
  return { output: tool === 'shell:run' ? ['out', 'err'] : ['out'], stdout: ['out'], stderr: ['err'] };
}

/** The line that decided a check. */
export interface FoundLine {
  readonly stream: OutputStream;
  /** Counted from 1 in its stream. */
  readonly number: number;
  readonly text: string;
}

/** Whole lines of one stream. */
export interface LineBlock {
  readonly stream: OutputStream;
  /** The number of the first line, counted from 1. */
  readonly first: number;
  /** Lines separated by line feeds. */
  readonly text: string;
}

/** Searches the output for the first line that a criterion asks about. */
export class LineCheck {
  readonly criterion: TextCriterion;
  readonly #streams: readonly OutputStream[];
  readonly #search: (text: string) => number;
  #found: FoundLine | null = null;

  constructor(criterion: TextCriterion, streams: StreamsOf) {
    this.criterion = criterion;
    this.#streams = streams[criterion.in ?? 'output'];
    this.#search = searchOf(criterion);
  }

  see(block: LineBlock): void {
    if (this.#found !== null || !this.#streams.includes(block.stream)) return;
    const at = this.#search(block.text);
    if (at === -1) return;
    const before = block.text.lastIndexOf('\n', at - 1) + 1;
    const after = block.text.indexOf('\n', at);
    const text = block.text.slice(before, after === -1 ? undefined : after);
    const number = block.first + (before === 0 ? 0 : block.text.slice(0, before).split('\n').length - 1);
    this.#found = { stream: block.stream, number, text };
  }

  /** Returns why the criterion is not met; null if it is met. */
  unmet(): { readonly reason: string; readonly line: FoundLine | null } | null {
    const wantsLine = ['contains', 'matches', 'not-empty'].includes(this.criterion.check);
    if ((this.#found !== null) === wantsLine) return null;
    if (this.#found === null) return { reason: this.#absence(), line: null };
    const { stream, number, text } = this.#found;
    const where = stream === 'out' ? '' : ' of standard error';
    const does = this.criterion.check === 'empty' ? `line ${number}${where} is` : `line ${number}${where} does`;
    return { reason: `${does}: ${text.trim().slice(0, 300)}`, line: this.#found };
  }

  #absence(): string {
    return this.criterion.check === 'not-empty' ? 'it is empty' : 'no line does';
  }
}

/** Returns a function that returns the position of the first hit in whole lines, or -1. */
function searchOf(criterion: TextCriterion): (text: string) => number {
  switch (criterion.check) {
    case 'contains':
    case 'lacks':
      return (text) => text.indexOf(criterion.text);
    case 'matches':
    case 'lacks-match':
      return lineSearch(criterion.pattern);
    case 'empty':
    case 'not-empty':
      return (text) => text.search(/\S/);
  }
}

/** Matches line by line, so that no expression matches across a line end. RE2 takes time linear in the text. */
function lineSearch(pattern: string): (text: string) => number {
  const expression = RE2JS.compile(pattern);
  return (text) => {
    for (let start = 0; start <= text.length;) {
      const lineEnd = text.indexOf('\n', start);
      const end = lineEnd === -1 ? text.length : lineEnd;
      if (expression.test(text.slice(start, end))) return start;
      start = end + 1;
    }
    return -1;
  };
}
