import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SlotRecord } from '../contract/execution.ts';
import { builtCommandLine, type BuiltCommandLine } from '../testing/built-command-line.ts';
import { noPostgres, startPostgres, type PostgresServer } from '../testing/postgres-server.ts';

const slots = Array.from({ length: 20 }, (_, index) => new Date(Date.UTC(2026, 0, 5, 9, index)).toISOString());
const group = 'every-min';

let server: PostgresServer;
let members: readonly [BuiltCommandLine, BuiltCommandLine];
let log: string;

const starts = (): string[] => readFileSync(log, 'utf8').trim().split('\n').filter(Boolean);
async function ok(cli: BuiltCommandLine, ...argv: string[]): Promise<Record<string, unknown>> {
  const { code, answer, stdout, stderr } = await cli.json(...argv);
  if (code !== 0) throw new Error(`${argv.join(' ')}: ${stdout}${stderr}`);
  return answer;
}
const fingerprintOf = async (cli: BuiltCommandLine): Promise<string> =>
  ((await ok(cli, 'fleet', 'status'))['fleet'] as { fingerprint: string }).fingerprint;
const fire = (cli: BuiltCommandLine, slot: string) => cli.run('_timing-run', group, '--slot', slot);
const why = async (cli: BuiltCommandLine): Promise<SlotRecord[]> =>
  (await ok(cli, 'why', 'Count', '--since', '2026-01-05T00:00:00Z'))['slots'] as SlotRecord[];

describe.skipIf(noPostgres() !== null)('two members of a fleet, with a real PostgreSQL', () => {
  beforeAll(async () => {
    server = await startPostgres();
    await server.sql('create database ncp');
    members = [builtCommandLine(), builtCommandLine()];
    const [laptop, desktop] = members;
    log = join(laptop.home, 'starts');
    const url = server.url('ncp');
    await ok(laptop, 'fleet', 'init', url);
    await ok(laptop, 'fleet', 'join', url, '--name', 'laptop');
    await ok(desktop, 'fleet', 'join', url, '--name', 'desktop', '--accept', 'all');
    await ok(laptop, 'fleet', 'accept', 'desktop', '--fingerprint', await fingerprintOf(desktop));
    const command = `echo "$NCP_SLOT" >> ${log}`;
    const task = ['--name', 'Count', '--schedule', '* * * * *', '--tool', 'shell:run', '--catch-up', 'once'];
    await ok(laptop, 'create', ...task, '--params', JSON.stringify({ command }), '--runs-on', 'one');
    await ok(desktop, 'fleet', 'status');
  });
  afterAll(async () => {
    for (const cli of members) cli.dispose();
    await server.dispose();
  });

  it('start each slot once, and both say where it ran', async () => {
    for (const slot of slots) await Promise.all(members.map((cli) => fire(cli, slot)));
    const ours = starts().filter((slot) => slots.includes(slot));
    expect(ours.sort()).toEqual(slots);
    const fates = await Promise.all(members.map(why));
    for (const slot of slots) {
      const records = fates.map((all) => all.find((record) => record.slot === slot));
      expect(records.map((record) => record?.state).sort()).toEqual(['claimed', 'skipped']);
      expect(records.find((record) => record?.state === 'skipped')).toMatchObject({
        reason: 'elsewhere',
        detail: expect.stringMatching(/(ran|started) on (laptop|desktop)/) as string,
      });
    }
  });

  it('run nothing that was forged in the database, and say so', async () => {
    await server.sql(
      `update ncp.definition set text = replace(text, 'echo', 'echo forged;'), change = change + 1000`,
      'ncp',
    );
    for (const cli of members) await fire(cli, new Date(Date.UTC(2026, 0, 5, 10)).toISOString());
    expect(starts().join('\n')).not.toContain('forged');
    const { fleet } = (await ok(members[1], 'fleet', 'status')) as { fleet: { refused: { reason: string }[] } };
    expect(fleet.refused).toMatchObject([{ reason: 'bad-signature' }]);
  });

  it('start nothing while the database is away, and catch up once', async () => {
    const slot = new Date(Date.UTC(2026, 0, 5, 11)).toISOString();
    await server.stop('immediate');
    await Promise.all(members.map((cli) => fire(cli, slot)));
    expect(starts()).not.toContain(slot);
    await server.start();
    await Promise.all(members.map((cli) => fire(cli, slot)));
    expect(starts().filter((each) => each === slot)).toEqual([slot]);
  });
});
