import type { Parameters } from './built-in/built-in-tool.ts';
import { isBuiltIn } from './built-in/built-ins.ts';
import type { BuiltInToolName } from './built-in/built-ins.ts';
import { nameOfCommand } from './shell-line-name.ts';

const NAME_LIMIT = 60;

const namers: Readonly<Record<BuiltInToolName, (parameters: Parameters) => string>> = {
  'shell:run': ({ command, args }) => nameOfCommand([textOf(command), ...wordsOf(args)].join(' ')),
  'http:request': ({ url }) => nameOfCommand(textOf(url)),
  'agent:run': ({ prompt, promptFile }) => shortened(textOf(prompt) || textOf(promptFile)),
};

/**
 * Returns a name for a task that was given none, made from what it runs: `restic backup`, `example.org`, or the words of
 * the tool's name. Empty while too little is known.
 */
export function nameOfWork(tool: string, parameters: Parameters): string {
  if (isBuiltIn(tool)) return namers[tool](parameters);
  return shortened(tool.slice(tool.indexOf(':') + 1).replaceAll(/[_\s-]+/g, ' '));
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const wordsOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(textOf) : []);

/** Returns the first line, cut at the end of a word. */
function shortened(text: string): string {
  const line = text.trim().split('\n', 1)[0] ?? '';
  if (line.length <= NAME_LIMIT) return line.trim();
  return `${line.slice(0, NAME_LIMIT - 1).replace(/\s+\S*$/, '')}…`;
}
