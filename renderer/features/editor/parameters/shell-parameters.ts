import { text } from '../../../text/en.ts';

type Parameters = Readonly<Record<string, unknown>>;

/** Returns what is wrong with the exit codes that count as success, or undefined. */
export function exitCodesError({ successExitCodes }: Parameters): string | undefined {
  if (successExitCodes === undefined) return undefined;
  const codes: readonly unknown[] = Array.isArray(successExitCodes) ? successExitCodes : [successExitCodes];
  // Windows has larger codes, so only the type is certain.
  const isCode = (code: unknown): boolean => typeof code === 'number' && Number.isInteger(code);
  return codes.every(isCode) ? undefined : text.shellForm.codesError;
}

/**
 * Returns whether a failure inside a pipeline would be missed: commands are joined by `|`, and no `pipefail` is set.
 * Ignores `||` and what stands in quotes.
 */
export function hidesFailures(command: string): boolean {
  const bare = command.replace(/'[^']*'|"(?:[^"\\]|\\.)*"/g, '""').replaceAll('||', '');
  return bare.includes('|') && !/\bpipefail\b/.test(command);
}

/** Returns the parameters with a value, or without it if it is empty. */
export function withOptional(parameters: Parameters, name: string, value: unknown): Parameters {
  const { [name]: _, ...rest } = parameters;
  return value === undefined || value === '' ? rest : { ...rest, [name]: value };
}
