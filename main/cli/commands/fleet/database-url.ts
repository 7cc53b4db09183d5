import { SchedulerError } from '../../../domain/errors.ts';
import type { CliEnvironment } from '../../environment.ts';
import { text } from '../../option.ts';
import { readSecretValue } from '../../values/secret-value.ts';

export const urlPositional = {
  url: text(
    'Address of the database, postgresql://user:password@host/database; `-` reads it from standard input. Default: NCP_FLEET_URL.',
    'URL',
  ),
} as const;

/** Returns the address from the argument, standard input or the environment. @throws SchedulerError `usage/…`. */
export async function databaseUrl(given: string | undefined, environment: CliEnvironment): Promise<string> {
  if (given === '-') return (await readSecretValue('the address of the database', environment)).trim();
  const url = given ?? environment.env['NCP_FLEET_URL'] ?? '';
  if (url !== '') return url;
  const message =
    'URL is missing: the address of the database, such as postgresql://user@host/database. To keep a password out of the list of processes, set NCP_FLEET_URL, or pipe the address in and write - in its place.';
  throw new SchedulerError('usage/missing-argument', message, { missing: ['URL'] });
}
