import { join } from 'node:path';
import { SchedulerError } from '../../../domain/errors.ts';
import type { Artifact, OsGroup, TranslateContext } from '../../../ports/os-scheduler.ts';
import { fireArguments, sortedEnv } from '../entry-marker.ts';
import { checkName } from '../fired/fire-check.ts';

/** Debian's cron rejects commands of 1000 bytes and more (`MAX_COMMAND` in its cron.h). */
const LONGEST_COMMAND = 900;

const QUIET = '>/dev/null 2>&1';

export interface CronCommand {
  /** The command part of a crontab line. */
  readonly command: string;
  /** Set if the command does not fit into a crontab line, or is on many; the line then calls this file, which contains it. */
  readonly launcher: Artifact | null;
}

/**
 * Returns the command of a group's lines. Uses `env -i` with an explicit environment, so that neither cron's nor the
 * variables of earlier lines matter. Drops the output, because cron would mail it after every run; the log has it.
 * First asks the notes of the primary, which is cheaper than the program: the program starts unless they say "fired".
 *
 * @param manyLines whether so many lines share the command that each should be short. @default false
 */
export function cronCommand(
  group: Pick<OsGroup, 'timingId' | 'schedule'>,
  context: TranslateContext,
  manyLines = false,
): CronCommand {
  const words = cleanCommand(context);
  const fire = fireArguments(group);
  const check = unlessFired(group, context);
  const direct = `${check}${[...words, ...fire].map(shellWord).join(' ')} ${QUIET}`;
  if (!manyLines && fitsInCrontab(direct)) return { command: escapePercent(direct), launcher: null };
  const launcher = launcherFile(words, context);
  const called = `${['/bin/sh', launcher.path, ...fire].map(shellWord).join(' ')} ${QUIET}`;
  for (const line of [`${check}${called}`, called])
    if (fitsInCrontab(line)) return { command: escapePercent(line), launcher };
  throw new SchedulerError('os/unsafe-path', `The path ${launcher.path} cannot be written into a crontab.`, {
    path: launcher.path,
  });
}

/** Not for events, which only the program notes. */
function unlessFired({ timingId, schedule }: Pick<OsGroup, 'timingId' | 'schedule'>, { firedDir }: TranslateContext) {
  if (firedDir === undefined || schedule.kind === 'event') return '';
  return `${['/bin/sh', join(firedDir, checkName), timingId].map(shellWord).join(' ')} 2>/dev/null || `;
}

export function launcherPath(context: TranslateContext): string {
  const suffix = context.namespace === '' ? '' : `-${context.namespace}`;
  return join(context.homeDir, '.config', 'ncp-scheduler', `cron-launcher${suffix}.sh`);
}

function launcherFile(words: readonly string[], context: TranslateContext): Artifact {
  const content = `#!/bin/sh\n# Written by NCP Scheduler: what its crontab lines run.\nexec ${words.map(shellWord).join(' ')} "$@"\n`;
  return { path: launcherPath(context), content };
}

function cleanCommand(context: TranslateContext): string[] {
  const env = sortedEnv(context.env).map(([name, value]) => `${name}=${value}`);
  return ['/usr/bin/env', '-i', ...env, ...context.command];
}

/** Returns whether the command fits: a line break ends a line, and crons differ in the meaning of a backslash. */
function fitsInCrontab(command: string): boolean {
  return Buffer.byteLength(command) <= LONGEST_COMMAND && !/[\\\n\r\0]/.test(command);
}

/** Escapes percent signs: unescaped, one ends the command, even inside quotes. */
const escapePercent = (command: string): string => command.replaceAll('%', '\\%');

/**
 * Returns the word quoted for any shell, because an earlier line may set SHELL: plain words bare, others in single
 * quotes.
 */
export function shellWord(word: string): string {
  if (/^[A-Za-z0-9_/.:=@,+-]+$/.test(word)) return word;
  return `'${word.replaceAll("'", `'"'"'`)}'`;
}
