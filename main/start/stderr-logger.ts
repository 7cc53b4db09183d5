import { plain } from '../domain/visible-text.ts';
import { valueWords } from '../domain/words/value-words.ts';
import type { Logger } from '../ports/logger.ts';

/** Returns a logger that writes warnings and errors to standard error. The command line has no log file. */
export function stderrLogger(): Logger {
  const write = (level: string) => (message: string, details?: Readonly<Record<string, unknown>>) => {
    const facts = details === undefined ? '' : ` (${valueWords(details)})`;
    process.stderr.write(`${level}: ${plain(`${message}${facts}`)}\n`);
  };
  return { info: () => undefined, warn: write('warning'), error: write('error') };
}
