import { StringDecoder } from 'node:string_decoder';
import { emptyFacts } from '../../../domain/agent-run/agent-command.ts';
import type { AgentFacts, AgentCommand, Fields } from '../../../domain/agent-run/agent-command.ts';
import type { RunnerContext } from '../runner.ts';

/** The longest line that is read as JSON, and the longest answer of a program that prints text, in characters. */
const longest = 16 * 1024 * 1024;
const longestText = 256 * 1024;

/** Reads an agent's output: facts for the result, and lines that a person can read for the log. */
export class AgentOutput {
  readonly facts: AgentFacts = emptyFacts();
  /** The first line that was not the JSON that the agent was asked for; null if all were. */
  stranger: string | null = null;
  readonly #agent: AgentCommand;
  readonly #context: RunnerContext;
  readonly #decoder = new StringDecoder('utf8');
  #rest = '';

  constructor(agent: AgentCommand, context: RunnerContext) {
    this.#agent = agent;
    this.#context = context;
  }

  push(chunk: Buffer): void {
    if (this.#agent.read === null) {
      this.#context.log.write('out', chunk);
      this.facts.text = ((this.facts.text ?? '') + this.#decoder.write(chunk)).slice(-longestText);
      return;
    }
    const lines = (this.#rest + this.#decoder.write(chunk)).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#line(line);
    if (this.#rest.length > longest) this.#line(this.#rest.slice(0, longest));
    if (this.#rest.length > longest) this.#rest = '';
  }

  /** Takes what follows the last line end, and gives the success criteria the agent's answer. */
  end(): void {
    if (this.#rest !== '') this.#line(this.#rest);
    this.#rest = '';
    if (this.#agent.read === null) this.facts.ended = true;
    if (this.facts.text !== null) this.#context.examine('out', Buffer.from(`${this.facts.text}\n`));
  }

  #line(line: string): void {
    if (line.trim() === '') return;
    const event = jsonObject(line);
    if (event === null) this.stranger ??= line;
    const shown = event === null ? [line] : (this.#agent.read?.(event, this.facts) ?? []);
    for (const text of shown) this.#context.log.write('out', Buffer.from(`${text}\n`));
  }
}

function jsonObject(line: string): Fields | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;
  } catch {
    // Told in the outcome if the agent gives no result.
    return null;
  }
}
