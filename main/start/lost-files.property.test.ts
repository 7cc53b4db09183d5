import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PROPERTY_TIMEOUT_MS, checkProperty } from '../testing/property-runs.ts';
import { LossWorld } from '../testing/loss-world/world.ts';
import { operation } from '../testing/loss-world/operations.ts';

it(
  'whatever file is lost or restored, at any moment, no slot starts twice and no definition is lost in silence',
  async () => {
    await checkProperty(
      'lost files',
      10,
      fc.asyncProperty(fc.array(operation, { maxLength: 30, size: 'max' }), async (operations) => {
        const dir = mkdtempSync(join(tmpdir(), 'ncp-lost-'));
        const world = new LossWorld(dir);
        try {
          for (const each of operations) {
            await world.perform(each);
            expect(world.startedTwice()).toEqual([]);
            expect(await world.lostInSilence()).toEqual([]);
          }
          for (const app of [0, 1] as const) await world.perform({ what: 'fire', app });
          expect(world.startedTwice()).toEqual([]);
        } finally {
          await world.close();
          rmSync(dir, { recursive: true, force: true });
        }
      }),
    );
  },
  PROPERTY_TIMEOUT_MS,
);
