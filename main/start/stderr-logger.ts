import type { Logger } from '../ports/logger.ts';

/** Returns a logger that writes warnings and errors to standard error. The command line has no log file. */
export function stderrLogger(): Logger {
  const write = (level: string) => (message: string, details?: Readonly<Record<string, unknown>>) => {
    const facts = details === undefined ? '' : ` ${JSON.stringify(details)}`;
    process.stderr.write(`${level}: ${message}${facts}\n`);
  };
  return { info: () => undefined, warn: write('warning'), error: write('error') };
}
