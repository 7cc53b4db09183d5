import { stripVTControlCharacters } from 'node:util';
import { isMcpTool } from '../../contract/built-in/built-ins.ts';
import type { ProbeAnswer } from '../../domain/probe/compared-part.ts';

/** The longest answer that can be compared, in bytes. */
const longestAnswer = 4 * 1024 * 1024;

/** Collects what a probe answers: the standard output of a command, the body of a response, or an MCP tool's answer. */
export class AnswerCollector {
  readonly #tool: string;
  readonly #chunks: Uint8Array[] = [];
  #bytes = 0;
  #structured: unknown;

  constructor(tool: string) {
    this.#tool = tool;
  }

  output(stream: 'out' | 'err', chunk: Uint8Array): void {
    if (stream === 'err') return;
    this.#bytes += chunk.length;
    if (this.#bytes <= longestAnswer) this.#chunks.push(Uint8Array.from(chunk));
  }

  structured(value: unknown): void {
    this.#structured = value;
  }

  /** Returns the answer; null if it is too long to be compared. */
  get answer(): ProbeAnswer | null {
    if (this.#bytes > longestAnswer) return null;
    const text = stripVTControlCharacters(Buffer.concat(this.#chunks).toString('utf8'));
    return isMcpTool(this.#tool) && this.#structured !== undefined ? { text, structured: this.#structured } : { text };
  }
}
