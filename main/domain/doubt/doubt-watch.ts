import type { Doubt, DoubtSign } from '../../contract/doubt.ts';
import type { Criterion, OutputSource } from '../../contract/success.ts';
import type { LineBlock, OutputStream } from '../success/line-check.ts';
import { OutputLines } from '../success/output-lines.ts';
import { readJson } from '../success/read-json.ts';
import { jsonSign } from './json-signs.ts';
import type { JsonSign } from './json-signs.ts';
import { bareLine, errorLine, showsOthers, traceback } from './text-signs.ts';

/** How much of each stream is searched for a traceback, in characters. */
const searched = 4 * 1024 * 1024;
/** How much output is read as JSON, in characters. An answer about a failure is short. */
const longestJson = 256 * 1024;
/** An answer that begins with an error is not longer than this; a document or a log may be. */
const longestAnswer = 4096;
/** The longest line that a doubt quotes, in characters. */
const quoted = 300;

export interface DoubtOptions {
  readonly tool: string;
  /** The shell line, for `shell:run`. */
  readonly command?: string | undefined;
}

interface StreamFacts {
  first: string;
  last: string;
  /** Characters seen. */
  length: number;
  traceback: { readonly line: string; readonly pattern: string } | null;
  /** The last line of the block before, because a traceback may begin at the end of a block. */
  carried: string;
}

/** Follows the output of one run and looks for signs of a failure. Keeps and searches a bounded part of it. */
export class DoubtWatch {
  readonly #isCommand: boolean;
  /** The command shows what others wrote, so an error on its standard output is not its own. */
  readonly #showsOthers: boolean;
  readonly #lines = { out: new OutputLines('out'), err: new OutputLines('err') };
  readonly #facts: Readonly<Record<OutputStream, StreamFacts>> = { out: noFacts(), err: noFacts() };
  #json: string[] = [];
  #jsonLength = 0;

  constructor({ tool, command = '' }: DoubtOptions) {
    this.#isCommand = tool === 'shell:run';
    this.#showsOthers = this.#isCommand && showsOthers(command);
  }

  /** Takes output as it arrives. */
  output(stream: OutputStream, chunk: Uint8Array): void {
    this.#see(this.#lines[stream].push(chunk));
  }

  /**
   * Ends the output and returns why a success is doubtful; null if nothing looks like a failure.
   * @param structured the answer as JSON, if the tool gives it apart from its text
   */
  doubt(structured?: unknown): Doubt | null {
    this.#see(this.#lines.out.end());
    this.#see(this.#lines.err.end());
    return this.#jsonDoubt(structured) ?? this.#tracebackDoubt() ?? this.#lineDoubt();
  }

  /** True if there was nothing besides white space. Ask after `doubt`. */
  get isEmpty(): boolean {
    return this.#streams().every((stream) => this.#facts[stream].first === '');
  }

  /** The streams that are the task's own: standard error of an MCP server is its log. */
  #streams(): readonly OutputStream[] {
    return this.#isCommand ? ['out', 'err'] : ['out'];
  }

  #see(block: LineBlock | null): void {
    if (block === null) return;
    const facts = this.#facts[block.stream];
    if (facts.first === '') facts.first = firstLine(block.text);
    facts.last = lastLine(block.text) || facts.last;
    if (facts.traceback === null && facts.length < searched)
      facts.traceback = traceback(`${facts.carried}${block.text.slice(0, searched)}`);
    facts.carried = `${block.text.slice(block.text.lastIndexOf('\n') + 1).slice(0, 1000)}\n`;
    facts.length += block.text.length + 1;
    if (block.stream !== 'out') return;
    this.#jsonLength += block.text.length + 1;
    if (this.#jsonLength <= longestJson) this.#json.push(block.text);
    else this.#json = [];
  }

  #jsonDoubt(structured: unknown): Doubt | null {
    const inStructured = structured === undefined ? null : jsonSign(structured);
    if (inStructured !== null) return jsonDoubt(inStructured, inStructured.criterion, null);
    const output = this.#json.length === 0 ? this.#facts.out.last : this.#json.join('\n');
    const sign = jsonSign(readJson(output));
    if (sign === null) return null;
    // JSON criteria read the structured answer if there is one, so only a text criterion would see this.
    const asText = { check: 'lacks-match', pattern: sign.pattern } as const;
    const line = output.split('\n').find((text) => text.includes(`"${sign.field}"`)) ?? null;
    return jsonDoubt(sign, structured === undefined ? sign.criterion : asText, line);
  }

  #tracebackDoubt(): Doubt | null {
    for (const stream of this.#streams()) {
      const { traceback: found, first } = this.#facts[stream];
      if (found === null || !this.#isOwn(stream)) continue;
      // An answer may quote a traceback; one that begins with it has crashed.
      if (!this.#isCommand && !first.startsWith(found.line.slice(0, first.length))) continue;
      const criterion = { check: 'lacks-match', pattern: found.pattern, ...this.#source(stream) } as const;
      return doubtOf('traceback', `The output has a traceback: ${shown(found.line)}`, found.line, criterion);
    }
    return null;
  }

  #lineDoubt(): Doubt | null {
    for (const stream of this.#streams()) {
      const { first, last, length } = this.#facts[stream];
      if (!this.#isOwn(stream) || (!this.#isCommand && length > longestAnswer)) continue;
      // The last line of a command often says how it ended. An answer that is an error begins with it.
      for (const [line, where] of [[first, 'begins'], ...(this.#isCommand ? [[last, 'ends'] as const] : [])] as const) {
        const sign = errorLine(line, !this.#isCommand);
        if (sign === null) continue;
        const criterion = { ...lineCriterion(line, sign.head), ...this.#source(stream) };
        return doubtOf('error-text', `The output ${where} with an error: ${shown(line)}`, line, criterion);
      }
    }
    return null;
  }

  #isOwn(stream: OutputStream): boolean {
    return stream === 'err' || !this.#showsOthers;
  }

  #source(stream: OutputStream): { in?: OutputSource } {
    return this.#isCommand ? { in: stream === 'out' ? 'stdout' : 'stderr' } : {};
  }
}

function noFacts(): StreamFacts {
  return { first: '', last: '', length: 0, traceback: null, carried: '' };
}

function jsonDoubt({ sign, path, field, value }: JsonSign, criterion: Criterion, line: string | null): Doubt {
  const said = JSON.stringify(value);
  const message = sign === 'says-failed' ? `The answer says "${field}": false` : `The answer has an error and no data`;
  const detail = sign === 'says-failed' ? '' : `: ${shown(said)}`;
  const place = path === `$.${field}` ? '' : ` (at ${path})`;
  return doubtOf(sign, `${message}${place}${detail}`, line, criterion);
}

function doubtOf(sign: DoubtSign, message: string, line: string | null, criterion: Criterion): Doubt {
  return { sign, message: `${message.replace(/\.$/, '')}.`, line: line?.slice(0, quoted) ?? null, criterion };
}

/** Returns a criterion that forbids a line that begins as this one does. */
function lineCriterion(line: string, head: string): Criterion & { check: 'lacks' | 'lacks-match' } {
  if (!line.trimStart().startsWith(head)) return { check: 'lacks', text: head };
  const pattern = `^\\s*${head.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)}`;
  return { check: 'lacks-match', pattern: /\w$/.test(head) ? `${pattern}\\b` : pattern };
}

const shown = (line: string): string => {
  const bare = bareLine(line);
  return bare.length > quoted ? `${bare.slice(0, quoted)}…` : bare;
};

function firstLine(block: string): string {
  const at = block.search(/\S/);
  if (at === -1) return '';
  const start = block.lastIndexOf('\n', at) + 1;
  const end = block.indexOf('\n', at);
  return block.slice(start, Math.min(end === -1 ? block.length : end, start + 1000));
}

/** Returns the last line with text. A block without one has none. */
function lastLine(block: string): string {
  const text = block.trimEnd();
  const start = text.lastIndexOf('\n') + 1;
  return text.slice(start);
}
