import { agentRun } from '../../../../main/contract/built-in/agent-run.ts';
import { text } from '../../../text/en.ts';

type Parameters = Readonly<Record<string, unknown>>;

const words = text.agentForm.errors;

/** Fills in what the form shows before anything was chosen, so that it is saved as it is shown. */
export function withAgent(parameters: Parameters): Parameters {
  return { agent: agentRun.inputSchema.properties.agent.enum[0], ...parameters };
}

/** Returns what must be changed before saving, or undefined. */
export function agentError(parameters: Parameters): string | undefined {
  const { agent, prompt, promptFile, command, maxCostUsd } = parameters;
  if (agent === 'command' && !(Array.isArray(command) && command.length > 0)) return words.command;
  if (promptFile !== undefined) return isBlank(promptFile) ? words.promptFile : undefined;
  if (isBlank(prompt)) return words.prompt;
  return maxCostUsd === undefined || (typeof maxCostUsd === 'number' && maxCostUsd > 0) ? undefined : words.maxCost;
}

const isBlank = (value: unknown): boolean => typeof value !== 'string' || value.trim() === '';

export const linesOf = (value: unknown): string => (Array.isArray(value) ? value.map(String).join('\n') : '');

/** Returns the lines of a text as a list; undefined if there are none. */
export function listOf(typed: string): string[] | undefined {
  const lines = typed.split('\n').filter((line) => line.trim() !== '');
  return lines.length === 0 ? undefined : lines;
}

/** Returns a typed amount as a number, the text itself if it is none, and undefined if it is empty. */
export function amountOf(typed: string): number | string | undefined {
  const trimmed = typed.trim();
  if (trimmed === '') return undefined;
  return /^\d*[.,]?\d+$/.test(trimmed) ? Number(trimmed.replace(',', '.')) : typed;
}

/** Switches between a prompt and a file with one; the other is left out. */
export function withPromptKind(
  { prompt: _prompt, promptFile: _file, ...rest }: Parameters,
  fromFile: boolean,
): Parameters {
  return fromFile ? { ...rest, promptFile: '' } : { ...rest, prompt: '' };
}
