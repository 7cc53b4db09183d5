import { constants } from 'node:os';

/** What usually causes a signal that nobody sent on purpose. */
const signalHints: Readonly<Record<string, string>> = {
  SIGKILL: 'On Linux that is also how the system ends a process when memory runs out.',
  SIGSEGV: 'The program accessed memory that it does not own: a fault of the program.',
  SIGBUS: 'The program accessed memory that does not exist, for example of a file that was cut off.',
  SIGABRT: 'The program ended itself because of a fault that it found.',
  SIGPIPE: 'The program wrote to one that had already ended.',
};

/** Returns a sentence about the likely cause of a signal, after a space; empty if there is none. */
export function signalHint(signal: string | null): string {
  const hint = signal === null ? undefined : signalHints[signal];
  return hint === undefined ? '' : ` ${hint}`;
}

/** Returns the signal that a shell reports as this exit code: 128 + its number (POSIX, Shell Command Language, 2.8.2). */
export function signalOfCode(code: number | null): string | null {
  if (code === null || code <= 128) return null;
  return Object.entries(constants.signals).find(([, number]) => number === code - 128)?.[0] ?? null;
}

/** Returns what such an exit code means, for the sentence that names it; empty for other codes. */
export function signalBehind(code: number | null): string {
  const signal = signalOfCode(code);
  return signal === null ? '' : `: a program that it ran was ended by ${signal}, which a shell reports as ${code}`;
}
