import { copyFileSync, chmodSync, chownSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../system/system-clock.ts';
import type { FleetDatabase } from '../../ports/fleet/fleet-database.ts';
import { aMember, memberId } from '../../testing/contract-suites/fleet/fleet-rig.ts';
import { startCutProxy } from '../../testing/cut-proxy.ts';
import { freePort } from '../../testing/free-port.ts';
import { noPostgres, startPostgres, type PostgresServer } from '../../testing/postgres-server.ts';
import { defaultLimits } from './connection.ts';
import { postgresFleet } from './postgres-fleet.ts';
import { schemaLock } from './schema/schema-script.ts';

const missing = noPostgres();
const certificates = join(import.meta.dirname, '../../testing/http-servers/certificates');
const key = { taskId: 't1', slot: '2026-11-23T12:00:00.000Z', attempt: 1 };

describe.skipIf(missing !== null)(`the way to a fleet${missing === null ? '' : ` (skipped: ${missing})`}`, () => {
  let server: PostgresServer;
  let databases = 0;
  const needs = { clock: systemClock, random: Math.random };
  const fleet = postgresFleet(needs);

  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.dispose());

  const newDatabase = async () => {
    const name = `fleet${(databases += 1)}`;
    await server.sql(`create database ${name}`);
    return name;
  };
  const opened = async (url: string, access = fleet): Promise<FleetDatabase> => {
    const database = await access.open(url);
    onTestFinished(() => database.close());
    return database;
  };

  it('is created once, also by members that create it at the same time', async () => {
    const url = server.url(await newDatabase());
    await expect(fleet.open(url)).rejects.toMatchObject({ code: 'fleet/none' });
    const identities = await Promise.all(Array.from({ length: 4 }, () => fleet.init(url)));
    expect(new Set(identities.map(({ id }) => id)).size).toBe(1);
    expect(identities[0]).toMatchObject({ schemaVersion: 3, leaseMs: 60_000 });
    expect((await opened(url)).identity).toEqual(identities[0]);
  });

  /** The SQL that takes a step of the schema back. */
  const undo: Readonly<Record<number, string>> = {
    2: `alter table ncp.fleet drop column lease_ms; alter table ncp.member drop column draining; drop index ncp.claim_lost;`,
    3: `drop table ncp.run; drop table ncp.log_request;`,
  };

  it.each([1, 2])('is upgraded from version %i by `init`, and keeps what it holds', async (version) => {
    const name = await newDatabase();
    const url = server.url(name);
    const { id } = await fleet.init(url);
    await (await opened(url)).members.join(aMember('a'));
    for (const step of [3, 2].filter((each) => each > version))
      await server.sql(`${undo[step]} delete from ncp.version where version = ${step}`, name);
    await expect(fleet.open(url)).rejects.toMatchObject({ code: 'fleet/older' });
    expect(await fleet.init(url, { leaseMs: 30_000 })).toEqual({ id, schemaVersion: 3, leaseMs: 30_000 });
    const upgraded = await opened(url);
    expect(upgraded.identity.leaseMs).toBe(30_000);
    expect(await upgraded.members.list()).toMatchObject([{ name: 'a' }]);
  });

  it('leaves nothing of a schema whose creation fails', async () => {
    const name = await newDatabase();
    // The name of a table of the schema is taken.
    await server.sql('create schema ncp; create table ncp.mark ()', name);
    await expect(fleet.init(server.url(name))).rejects.toMatchObject({ code: 'fleet/failed' });
    expect(await server.sql(`select relname from pg_class where relnamespace = 'ncp'::regnamespace`, name)).toEqual([
      { relname: 'mark' },
    ]);
  });

  it.each([
    ['is used if it still can be', 1, null],
    ['is refused if it cannot be used any more', 99, 'fleet/newer'],
  ])('with a newer schema %s', async (_, usableFrom, code) => {
    const name = await newDatabase();
    const url = server.url(name);
    const { id } = await fleet.init(url);
    await server.sql(`insert into ncp.version (version, usable_from) values (99, ${usableFrom})`, name);
    if (code === null) {
      expect(await fleet.init(url)).toMatchObject({ id, schemaVersion: 99 });
      expect((await opened(url)).identity).toMatchObject({ id, schemaVersion: 99 });
      return;
    }
    await expect(fleet.init(url)).rejects.toMatchObject({ code, details: { version: 99, known: 3 } });
    await expect(fleet.open(url)).rejects.toMatchObject({ code });
  });

  it('says what is wrong: no database, no server, a wrong password', async () => {
    await expect(fleet.init(server.url('missing'))).rejects.toMatchObject({ code: 'fleet/no-database' });
    const closed = server.url('postgres', await freePort());
    await expect(fleet.init(closed)).rejects.toMatchObject({ code: 'fleet/away' });
    await server.sql(`create role locked login password 'right'`);
    const rules = join(server.dir, 'data', 'pg_hba.conf');
    writeFileSync(rules, `host all locked 127.0.0.1/32 scram-sha-256\n${readFileSync(rules, 'utf8')}`);
    await server.sql('select pg_reload_conf()');
    const signIn = (password: string) => fleet.init(`postgresql://locked${password}@127.0.0.1:${server.port}/postgres`);
    const wrong = await signIn(':wr0ng-pass').catch((error: unknown) => error);
    expect(wrong).toMatchObject({ code: 'fleet/denied' });
    expect(JSON.stringify(wrong) + String(wrong)).not.toContain('wr0ng-pass');
    await expect(signIn('')).rejects.toMatchObject({
      ...{ code: 'fleet/denied', message: expect.stringContaining('asks for a password') as string },
    });
    // The right password, but no right to create a schema.
    await expect(signIn(':right')).rejects.toMatchObject({ code: 'fleet/denied' });
  });

  it('is made by an administrator’s script, with roles that can do what they need and no more', async () => {
    const name = await newDatabase();
    await server.sql(fleet.initScript(), name);
    await server.sql(fleet.initScript(), name);
    await server.sql('create role server1 login in role ncp_member; create role kim login in role ncp_viewer');
    const as = (user: string) => server.url(name).replace('//postgres@', `//${user}@`);
    const member = await opened(as('server1'));
    expect(await fleet.init(as('server1'))).toEqual(member.identity);
    await member.members.join(aMember('a'));
    await member.members.beat(memberId('a'), aMember('a').status);
    const text = { text: '{}', signature: 's', authorId: 'a', authorKey: 'k' };
    for (const revision of [1, 2]) {
      expect(await member.tasks.save({ taskId: 't1', revision, ...text })).toMatchObject({ saved: true });
    }
    const { fence } = { fence: 0, ...(await member.claims.claim(key, { id: memberId('a') })) };
    expect(await member.claims.started(key, fence, 'e1')).toBe(true);
    expect(await member.claims.end(key, fence, { state: 'success', reason: null })).toBe(true);
    expect(await member.claims.endLost(0, 'lost')).toEqual([]);
    await server.sql(`update ncp.claim set slot = slot - interval '1 year'`, name);
    expect(await member.claims.fold(0)).toBe(1);

    const viewer = await opened(as('kim'));
    expect(await viewer.members.list()).toMatchObject([{ name: 'a' }]);
    expect(await viewer.tasks.changedSince(0)).toHaveLength(1);
    const denied = { code: 'fleet/denied' };
    await expect(viewer.members.leave(memberId('a'))).rejects.toMatchObject(denied);
    await expect(viewer.claims.claim(key, { id: memberId('a') })).rejects.toMatchObject(denied);
    await expect(viewer.tasks.save({ taskId: 't1', revision: 3, ...text })).rejects.toMatchObject(denied);
    const { sql } = server;
    for (const statement of ['drop table ncp.claim', 'update ncp.version set version = 2', 'delete from ncp.member']) {
      await expect(sql(`set role server1; ${statement}`, name), statement).rejects.toThrow(/permission|owner/);
    }
  });

  it('names a row that a member or the owner of the database has made unreadable', async () => {
    const name = await newDatabase();
    await fleet.init(server.url(name));
    const database = await opened(server.url(name));
    await database.members.join(aMember('a'));
    await server.sql(`update ncp.member set seen_at = 'infinity'`, name);
    await expect(database.members.list()).rejects.toMatchObject({
      code: 'fleet/damaged',
      details: { table: 'ncp.member', column: 'seen_at', row: `id "${memberId('a')}"` },
    });
    const noCheck = 'drop constraint fleet_lease_ms_check';
    await server.sql(`alter table ncp.fleet ${noCheck}, alter lease_ms drop default, alter lease_ms type text`, name);
    await expect(fleet.open(server.url(name))).rejects.toMatchObject({
      code: 'fleet/damaged',
      details: { table: 'ncp.fleet', column: 'lease_ms' },
    });
  });

  it('gives up on a server that hangs', async () => {
    const name = await newDatabase();
    await fleet.init(server.url(name));
    const limits = { ...defaultLimits, statementMs: 50 };
    const database = await opened(server.url(name), postgresFleet({ ...needs, limits }));
    await database.members.join(aMember('a'));
    const blocker = server.sql(`begin; lock table ncp.claim; select pg_sleep(3600)`, name);
    const ended = expect(blocker).rejects.toThrow();
    const isLocked = `select 1 from pg_locks where relation = 'ncp.claim'::regclass and mode = 'AccessExclusiveLock'`;
    await expect.poll(() => server.sql(isLocked, name)).toHaveLength(1);
    await expect(database.claims.claim(key, { id: memberId('a') })).rejects.toMatchObject({ code: 'fleet/away' });
    await server.sql(`select pg_terminate_backend(pid) from pg_stat_activity where query like 'begin; lock%'`);
    await ended;
    expect(await database.claims.claim(key, { id: memberId('a') })).toEqual({ won: true, fence: 1 });
  });

  it('ends in an error, not in a crash, if the connection is lost while the schema is made', async () => {
    const name = await newDatabase();
    const holder = expect(server.sql(`begin; ${schemaLock} select pg_sleep(3600)`, name)).rejects.toThrow();
    const locks = (granted: boolean) => `select pid from pg_locks where locktype = 'advisory' and granted = ${granted}`;
    await expect.poll(() => server.sql(locks(true))).toHaveLength(1);
    const port = await freePort();
    const proxy = await startCutProxy(port, server.port);
    onTestFinished(() => proxy.close());
    const init = expect(fleet.init(server.url(name, port))).rejects.toMatchObject({ code: 'fleet/away' });
    await expect.poll(() => server.sql(locks(false))).toHaveLength(1);
    proxy.cut();
    await init;
    await server.sql(`select pg_terminate_backend(pid) from (${locks(true)}) as found`);
    await holder;
    expect(await fleet.init(server.url(name))).toMatchObject({ schemaVersion: 3 });
  });

  const useCertificate = async (name: string) => {
    for (const setting of [`ssl_cert_file = '${name}.pem'`, `ssl_key_file = '${name}.key'`, 'ssl = on']) {
      await server.sql(`alter system set ${setting}`);
    }
    await server.sql('select pg_reload_conf()');
  };

  it('checks the certificate of the server', async () => {
    for (const file of ['trusted.pem', 'trusted.key', 'wrong-host.pem', 'wrong-host.key']) {
      const path = join(server.dir, 'data', file);
      copyFileSync(join(certificates, file), path);
      chmodSync(path, 0o600);
      const { uid, gid } = statSync(join(server.dir, 'data'));
      chownSync(path, uid, gid);
    }
    const noTls = `${server.url('postgres')}?sslmode=verify-full`;
    await expect(fleet.init(noTls)).rejects.toMatchObject({ code: 'fleet/insecure' });
    await useCertificate('trusted');
    const tls = `sslmode=verify-full&sslrootcert=${join(certificates, 'ca.pem')}`;
    // A reload takes effect for connections soon afterwards.
    await expect.poll(() => fleet.init(`${server.url('postgres')}?${tls}`).then(() => 'ok', String)).toBe('ok');
    const name = server.url('postgres').replace('127.0.0.1', 'localhost');
    expect(await fleet.init(`${name}?${tls}`)).toMatchObject({ schemaVersion: 3 });
    await expect(fleet.init(`${server.url('postgres')}?sslmode=verify-full`)).rejects.toMatchObject({
      code: 'fleet/insecure',
    });
    await expect(fleet.init(`${name}?sslmode=verify-full&sslrootcert=/missing.pem`)).rejects.toMatchObject({
      code: 'fleet/url',
    });
    await useCertificate('wrong-host');
    const code = () => fleet.init(`${name}?${tls}`).catch((error: unknown) => error);
    await expect.poll(code).toMatchObject({ code: 'fleet/insecure' });
  });
});
