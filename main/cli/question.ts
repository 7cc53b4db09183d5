import { createInterface } from 'node:readline/promises';
import { SchedulerError } from '../domain/errors.ts';
import type { CliEnvironment } from './environment.ts';

/**
 * Asks a person at the terminal, who answers with `y` or anything else.
 * @param unasked the error message if there is no terminal to ask at
 * @throws SchedulerError `usage/missing-argument` without a terminal.
 */
export async function confirmed(
  { stdin, stderr, isTerminal, canAsk = isTerminal, stop }: CliEnvironment,
  { question, unasked }: { readonly question: string; readonly unasked: string },
): Promise<boolean> {
  if (!canAsk) throw new SchedulerError('usage/missing-argument', unasked, { missing: ['--yes'] });
  const lines = createInterface({ input: stdin, output: stderr });
  try {
    return /^y(es)?$/i.test((await lines.question(`${question} [y/N] `, { signal: stop })).trim());
  } finally {
    lines.close();
  }
}
