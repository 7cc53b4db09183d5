import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SlotRecord } from '../contract/execution.ts';
import type { BuiltCommandLine } from '../testing/built-command-line.ts';
import { joinedMembers, ok, type JoinedMembers } from '../testing/fleet/joined-members.ts';
import { noPostgres } from '../testing/postgres-server.ts';

const slots = Array.from({ length: 20 }, (_, index) => new Date(Date.UTC(2026, 0, 5, 9, index)).toISOString());
const group = 'every-min';

let fleet: JoinedMembers;
let server: JoinedMembers['server'];
let members: JoinedMembers['members'];
let log: string;

const starts = (): string[] => readFileSync(log, 'utf8').trim().split('\n').filter(Boolean);
const fire = (cli: BuiltCommandLine, slot: string) => cli.run('_timing-run', group, '--slot', slot);
const why = async (cli: BuiltCommandLine): Promise<SlotRecord[]> =>
  (await ok(cli, 'why', 'Count', '--since', '2026-01-05T00:00:00Z'))['slots'] as SlotRecord[];

const missing = noPostgres();

describe.skipIf(missing !== null)(
  `two members of a fleet, with a real PostgreSQL${missing === null ? '' : ` (skipped: ${missing})`}`,
  () => {
    beforeAll(async () => {
      fleet = await joinedMembers(['laptop', 'desktop']);
      ({ server, members } = fleet);
      const [laptop, desktop] = members;
      if (laptop === undefined || desktop === undefined) throw new Error('two members were expected');
      log = join(laptop.home, 'starts');
      const command = `echo "$NCP_SLOT" >> ${log}`;
      const task = ['--name', 'Count', '--schedule', '* * * * *', '--tool', 'shell:run', '--catch-up', 'once'];
      await ok(laptop, 'create', ...task, '--params', JSON.stringify({ command }), '--runs-on', 'one');
      await ok(desktop, 'fleet', 'status');
    });
    afterAll(() => fleet.dispose());

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
      for (const cli of members.slice(1))
        expect(await ok(cli, 'fleet', 'status')).toMatchObject({ fleet: { refused: [{ reason: 'bad-signature' }] } });
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
  },
);
