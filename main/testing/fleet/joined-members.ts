import { builtCommandLine, type BuiltCommandLine } from '../built-command-line.ts';
import { startPostgres, type PostgresServer } from '../postgres-server.ts';

/** Machines with the built command line that share a fleet in a real PostgreSQL, and accept the keys of each other. */
export interface JoinedMembers {
  readonly server: PostgresServer;
  /** In the order of the names. */
  readonly members: readonly BuiltCommandLine[];
  dispose(): Promise<void>;
}

/** @param init further arguments of `fleet init` */
export async function joinedMembers(names: readonly string[], init: readonly string[] = []): Promise<JoinedMembers> {
  const server = await startPostgres();
  await server.sql('create database ncp');
  const url = server.url('ncp');
  const members: BuiltCommandLine[] = [];
  for (const name of names) {
    const member = builtCommandLine();
    if (members.length === 0) await ok(member, 'fleet', 'init', url, ...init);
    const { fleet } = await ok<{ fleet: { fingerprint: string } }>(
      ...([member, 'fleet', 'join', url, '--name', name, '--accept', 'all'] as const),
    );
    for (const other of members) await ok(other, 'fleet', 'accept', name, '--fingerprint', fleet.fingerprint);
    members.push(member);
  }
  return {
    server,
    members,
    dispose: async () => {
      for (const member of members) member.dispose();
      await server.dispose();
    },
  };
}

/** Runs a command and returns its JSON document. @throws Error with its output if it failed */
export async function ok<T = Record<string, unknown>>(cli: BuiltCommandLine, ...argv: string[]): Promise<T> {
  const { code, answer, stdout, stderr } = await cli.json(...argv);
  if (code !== 0) throw new Error(`${argv.join(' ')}: ${stdout}${stderr}`);
  return answer as T;
}
