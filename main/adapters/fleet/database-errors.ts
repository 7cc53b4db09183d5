import { messageOf, SchedulerError } from '../../domain/errors.ts';
import { placeOf, type DatabaseAddress } from './database-url.ts';

/** Where the error happened, for its message. */
type Place = Pick<DatabaseAddress, 'host' | 'port' | 'database' | 'user'>;

/** What OpenSSL and Node say of a certificate that cannot be trusted. */
const untrusted = /^(ERR_TLS|ERR_SSL|CERT_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO|INVALID_CA|HOSTNAME_MISMATCH|ERR_OSSL)/;

/**
 * Returns any error of a call to PostgreSQL as a SchedulerError. Errors that the database did not cause are returned
 * unchanged. The message never holds a password: neither the driver nor the server puts one into its own.
 */
export function databaseError(error: unknown, place: Place): unknown {
  if (error instanceof SchedulerError || !(error instanceof Error) || error instanceof TypeError) return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const name = placeOf({ ...place, password: null, tls: null });
  const make = (word: string, sentence: string): SchedulerError =>
    new SchedulerError(`fleet/${word}`, sentence, { place: name, reason: messageOf(error), code }, error);
  const reason = messageOf(error);
  if (untrusted.test(code) || /does not support SSL/.test(reason)) {
    return make(
      'insecure',
      `The database ${name} cannot prove that it is the right one, so nothing was sent: ${reason}.`,
    );
  }
  if (/password must be a string/.test(reason)) {
    return make(
      'denied',
      `The database ${name} asks for a password. Put it into the address, PGPASSWORD or ~/.pgpass.`,
    );
  }
  return 'severity' in error ? serverError({ code, reason, name, user: place.user }, make) : away(name, reason, make);
}

type Make = (word: string, sentence: string) => SchedulerError;

interface ServerError {
  readonly code: string;
  readonly reason: string;
  readonly name: string;
  readonly user: string | null;
}

/** By the codes of https://www.postgresql.org/docs/current/errcodes-appendix.html. */
function serverError({ code, reason, name, user }: ServerError, make: Make): SchedulerError {
  const who = user === null ? '' : ` of ${user}`;
  switch (code) {
    case '28P01':
    case '28000':
      return make('denied', `The database ${name} refused the sign-in${who}: ${reason}. Check user and password.`);
    case '42501':
      return make(
        'denied',
        `The user${who} may not do this in ${name}: ${reason}. An administrator grants the role ncp_member to it.`,
      );
    case '3D000':
      return make('no-database', `${reason} (${name}). Create it, or correct the address.`);
    case '42P01':
    case '3F000':
      return make('none', `The database ${name} has no fleet. Create it with: fleet init`);
    default:
      return isPassing(code) ? away(name, reason, make) : make('failed', `The database ${name} failed: ${reason}.`);
  }
}

/** Returns whether an error passes by itself: connections, resources, shutdown, time limits, deadlocks, a standby server. */
const isPassing = (code: string): boolean =>
  /^(08|53|57|40|58)/.test(code) || ['55P03', '25P03', '25006'].includes(code);

const away = (name: string, reason: string, make: Make): SchedulerError =>
  make('away', `The database ${name} does not answer: ${reason}.`);
