import { z } from 'zod';

/**
 * The language of `_remote`, which runs a command line for another machine (`--on HOST`). Its standard input begins with
 * one line of JSON; the input of the command follows. No argument goes through the shell of that machine, so none needs
 * quotes, and no process list shows it.
 */
export const remoteCommandSchema = z.object({
  argv: z.array(z.string()),
  /**
   * Length of the command's standard input in bytes; the end of the stream after it asks the command to stop, as Ctrl+C
   * does. `rest`: everything that follows is its input, for a conversation such as `mcp`.
   */
  input: z.union([z.number().int().nonnegative(), z.literal('rest')]),
  /** The person's terminal; null if the output goes elsewhere. */
  terminal: z.object({ columns: z.number().int().positive().nullable() }).nullable(),
  /** Variables that change what is printed, and the mark of a task's run. */
  env: z.record(z.string(), z.string()),
});
export type RemoteCommand = z.infer<typeof remoteCommandSchema>;

/** The variables that a command takes along. */
export const carriedVariables = ['NO_COLOR', 'FORCE_COLOR', 'TERM', 'NCP_EXECUTION_ID', 'NCP_SCHEDULER_DEBUG'] as const;

/** Most bytes of input that a command takes along: far more than the largest parameters. */
export const mostInput = 64 * 1024 * 1024;

/** Version of this language. */
const remoteLanguage = 1;
const begin = '\u001encp-scheduler remote ';

/** Returns the line that both outputs begin with. Output before it is from the login scripts of that machine. */
export const remoteMark = (version: string): string => `${begin}${remoteLanguage} ${version}\n`;

export interface FoundMark {
  /** Where the output of the command begins. */
  readonly end: number;
  readonly version: string;
  /** False: that program speaks another language. */
  readonly understood: boolean;
}

/** Finds the mark in the first bytes of an output. Null while it is not there, or not whole. */
export function findRemoteMark(latin1: string): FoundMark | null {
  const start = latin1.indexOf(begin);
  const end = start === -1 ? -1 : latin1.indexOf('\n', start);
  if (end === -1) return null;
  const [language = '', version = ''] = latin1.slice(start + begin.length, end).split(' ');
  return { end: end + 1, version, understood: language === String(remoteLanguage) };
}
