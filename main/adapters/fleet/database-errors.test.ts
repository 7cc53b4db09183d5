import { describe, expect, it } from 'vitest';
import { SchedulerError } from '../../domain/errors.ts';
import { databaseError } from './database-errors.ts';

const place = { host: 'db', port: 5432, database: 'ncp', user: 'kim' };
const fromServer = (code: string) => Object.assign(new Error('it said so'), { severity: 'ERROR', code });
const fromSystem = (code: string, message = 'it said so') => Object.assign(new Error(message), { code });

describe('an error of the database', () => {
  it.each([
    ['28P01', 'fleet/denied'],
    ['28000', 'fleet/denied'],
    ['42501', 'fleet/denied'],
    ['3D000', 'fleet/no-database'],
    ['42P01', 'fleet/none'],
    ['3F000', 'fleet/none'],
    ['57P01', 'fleet/away'],
    ['57014', 'fleet/away'],
    ['53300', 'fleet/away'],
    ['08006', 'fleet/away'],
    ['40P01', 'fleet/away'],
    ['25006', 'fleet/away'],
    ['23514', 'fleet/failed'],
    ['42601', 'fleet/failed'],
  ])('%s is %s, with the place and the reason', (code, wanted) => {
    const error = databaseError(fromServer(code), place);
    expect(error).toMatchObject({ code: wanted, details: { place: 'ncp at db:5432', reason: 'it said so', code } });
    expect((error as SchedulerError).message).toContain('db:5432');
  });

  it.each([
    ['ECONNREFUSED', 'it said so', 'fleet/away'],
    ['', 'Connection terminated unexpectedly', 'fleet/away'],
    ['', 'Query read timeout', 'fleet/away'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'self-signed certificate', 'fleet/insecure'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'Hostname does not match', 'fleet/insecure'],
    ['CERT_HAS_EXPIRED', 'certificate has expired', 'fleet/insecure'],
    ['', 'The server does not support SSL connections', 'fleet/insecure'],
    ['', 'SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string', 'fleet/denied'],
  ])('%s of the connection (%s) is %s', (code, message, wanted) => {
    expect(databaseError(fromSystem(code, message), place)).toMatchObject({ code: wanted });
  });

  it('is unchanged if the database did not cause it', () => {
    for (const error of [new TypeError('a bug'), new SchedulerError('fleet/none', 'No fleet.'), 'text']) {
      expect(databaseError(error, place)).toBe(error);
    }
  });
});
