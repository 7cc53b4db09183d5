import { describe, expect, it } from 'vitest';
import { SchedulerError } from '../../domain/errors.ts';
import { parseDatabaseUrl, placeOf, withoutPassword } from './database-url.ts';

const failure = (url: string): { code: string; message: string } => {
  try {
    parseDatabaseUrl(url);
  } catch (error) {
    if (error instanceof SchedulerError) return { code: error.code, message: error.message };
    throw error;
  }
  throw new Error(`${url} was accepted`);
};

describe('the address of a fleet’s database', () => {
  it('is read with its parts decoded', () => {
    expect(parseDatabaseUrl('postgresql://kim:p%40ss%2Fword@db.example.org:5433/team%20a')).toEqual({
      ...{ host: 'db.example.org', port: 5433, database: 'team a', user: 'kim', password: 'p@ss/word' },
      tls: { ca: null, cert: null, key: null },
    });
    expect(parseDatabaseUrl('postgres://localhost/ncp')).toEqual({
      ...{ host: 'localhost', port: 5432, database: 'ncp', user: null, password: null, tls: null },
    });
  });

  it.each([
    'postgresql:///ncp?host=/run/postgresql',
    'postgresql://kim@/ncp?host=/run/postgresql',
    'postgresql://localhost/ncp',
    'postgresql://127.0.0.1/ncp?sslmode=prefer',
    'postgresql://[::1]/ncp?sslmode=disable',
  ])('%s stays on this machine, so TLS is not needed', (url) => {
    expect(parseDatabaseUrl(url)).toMatchObject({ database: 'ncp', tls: null });
  });

  it.each([
    ['postgresql://db/ncp', null],
    ['postgresql://db/ncp?sslmode=require', null],
    ['postgresql://db/ncp?sslmode=verify-ca&sslrootcert=system', null],
    ['postgresql://db/ncp?sslmode=verify-full&sslrootcert=/etc/ca.pem', '/etc/ca.pem'],
    ['postgresql://127.0.0.1/ncp?sslmode=verify-full&sslrootcert=/etc/ca.pem', '/etc/ca.pem'],
  ])('%s gets TLS that checks the certificate and the host', (url, ca) => {
    expect(parseDatabaseUrl(url).tls).toEqual({ ca, cert: null, key: null });
  });

  it.each(['disable', 'allow', 'prefer'])('sslmode=%s is refused for another host', (mode) => {
    expect(failure(`postgresql://kim:secret@db/ncp?sslmode=${mode}`)).toEqual({
      code: 'fleet/insecure',
      message: `sslmode=${mode} does not protect the connection to db: leave sslmode out, or write sslmode=verify-full.`,
    });
  });

  // Names that look like this machine, and are not.
  it.each(['localhost.example.org', '127.0.0.1.example.org', '10.0.0.1', '0.0.0.0'])('%s is another host', (host) => {
    expect(failure(`postgresql://${host}/ncp?sslmode=disable`).code).toBe('fleet/insecure');
  });

  it.each([
    ['mysql://db/ncp', 'does not begin with postgresql://'],
    ['db.example.org', 'does not begin with postgresql://'],
    ['postgresql:///ncp', 'names no host'],
    ['postgresql://db', 'must name one database'],
    ['postgresql://db/a/b', 'must name one database'],
    ['postgresql://a,b/ncp', 'names several hosts'],
    ['postgresql://db/ncp?sslmode=full', 'unknown sslmode full; use verify-full'],
    ['postgresql://db/ncp?ssl=true', 'unknown parameter ssl'],
    ['postgresql://kim:se#cret@db/ncp', 'write special characters'],
    ['postgresql://kim:secret%zz@db/ncp', 'write %25'],
  ])('%s is refused: it %s', (url, problem) => {
    const { code, message } = failure(url);
    expect({ code, message }).toEqual({ code: 'fleet/url', message: expect.stringContaining(problem) as string });
    expect(message).not.toMatch(/se#?cret/);
  });

  it.each([
    ['postgresql://kim:sec%40ret@db.example.org/ncp?sslrootcert=/etc/ca.pem', 'postgresql://kim@db.example.org/ncp'],
    ['postgres://db:5433/team%20a', 'postgresql://db:5433/team%20a'],
    ['postgresql://kim:secret@[::1]/ncp', 'postgresql://kim@[::1]/ncp'],
    ['postgresql://kim:secret@/ncp?host=/run/postgresql', 'postgresql://kim@/ncp?host=%2Frun%2Fpostgresql'],
  ])('%s is given to others as %s', (url, shown) => {
    expect(withoutPassword(url)).toBe(shown);
    expect(parseDatabaseUrl(shown)).toMatchObject({ host: parseDatabaseUrl(url).host, password: null });
  });

  it('is named without user and password', () => {
    expect(placeOf(parseDatabaseUrl('postgresql://kim:secret@db/ncp'))).toBe('ncp at db:5432');
    expect(placeOf(parseDatabaseUrl('postgresql://[::1]:1/ncp'))).toBe('ncp at [::1]:1');
    expect(placeOf(parseDatabaseUrl('postgresql:///ncp?host=/run/postgresql'))).toBe('ncp at /run/postgresql');
  });
});
