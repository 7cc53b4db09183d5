import { spawn, spawnSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { builtCommandLine, finished, headless, type BuiltCommandLine } from '../built-command-line.ts';
import { startCutProxy } from '../cut-proxy.ts';
import { ok } from '../fleet/joined-members.ts';
import { freePort } from '../free-port.ts';
import { startPostgres, type PostgresServer } from '../postgres-server.ts';
import { clockAhead, faultyMember, type FaultyMember } from './faulty-member.ts';

/** A fleet with a real PostgreSQL, whose members each reach it through a proxy of their own. */
export interface FaultyFleet {
  readonly server: PostgresServer;
  readonly members: readonly FaultyMember[];
  dispose(): Promise<void>;
}

export interface FaultyFleetOptions {
  readonly names: readonly string[];
  /** How long the fleet waits for a sign of life, in seconds. */
  readonly leaseSeconds: number;
  /** The program that the last member runs, such as that of an earlier version. @default the one that was built */
  readonly earlier?: string | undefined;
}

const dayMs = 86_400_000;

export async function faultyFleet({ names, leaseSeconds, earlier }: FaultyFleetOptions): Promise<FaultyFleet> {
  const server = await startPostgres();
  await server.sql('create database ncp');
  const members: FaultyMember[] = [];
  for (const [index, name] of names.entries()) {
    const program = index === names.length - 1 ? earlier : undefined;
    const cli = builtCommandLine({ concurrencyLimit: 4 }, program ?? headless);
    const ownDisk = mountDisk(cli);
    await beginLedger(cli);
    const port = await freePort();
    const url = server.url('ncp', port);
    const proxy = await startCutProxy(port, server.port);
    if (index === 0) await ok(cli, 'fleet', 'init', url, '--lease', `${leaseSeconds}s`);
    const { fleet } = await ok<{ fleet: { fingerprint: string } }>(
      ...([cli, 'fleet', 'join', url, '--name', name, '--accept', 'all'] as const),
    );
    for (const other of members) await ok(other.cli, 'fleet', 'accept', name, '--fingerprint', fleet.fingerprint);
    members.push(faultyMember({ name, cli, proxy, ownDisk }));
  }
  return {
    ...{ server, members },
    dispose: async () => {
      await Promise.all(members.map((member) => member.dispose()));
      await server.dispose();
    },
  };
}

/** Gives a member a disk of its own for its data. Returns whether that was allowed: only root may mount. */
function mountDisk({ home, dataDir }: BuiltCommandLine): boolean {
  const kept = join(home, 'kept');
  cpSync(dataDir, kept, { recursive: true });
  const disk = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64m,mode=0700', 'tmpfs', dataDir]);
  cpSync(kept, dataDir, { recursive: true });
  rmSync(kept, { recursive: true });
  return disk.status === 0;
}

/** Makes the ledger of a member begin yesterday, by the first task of its own: a ledger does not judge slots before its beginning. */
async function beginLedger({ env, program }: BuiltCommandLine): Promise<void> {
  const yesterday = { NODE_OPTIONS: `--import=${clockAhead}`, NCP_TEST_CLOCK_AHEAD_MS: String(-dayMs) };
  const task = ['--name', 'Own', '--schedule', 'every year', '--tool', 'shell:run', '--params', '{"command":"true"}'];
  const { code, stderr } = await finished(
    spawn(process.execPath, [program, 'create', ...task], { env: { ...env, ...yesterday } }),
  );
  if (code !== 0) throw new Error(stderr);
}
