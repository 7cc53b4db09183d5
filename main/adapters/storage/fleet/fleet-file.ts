import { rmSync } from 'node:fs';
import { z } from 'zod';
import { refusedDefinitionSchema } from '../../../contract/fleet.ts';
import { messageOf, SchedulerError } from '../../../domain/errors.ts';
import type { FleetFile, JoinedFleet } from '../../../ports/fleet/fleet-file.ts';
import { readFile } from '../../files/read-file.ts';
import { writeDurably } from '../durable-write.ts';
import { systemCode, writeError } from '../file-errors.ts';

const heldClaim = { taskId: z.string(), slot: z.string(), attempt: z.number(), fence: z.number() };
const acceptedKey = z.object({ name: z.string(), key: z.string(), acceptedAt: z.string() });
const fileSchema = z.object({
  version: z.literal(1),
  fleet: z.object({
    fleetId: z.string(),
    memberId: z.string(),
    name: z.string(),
    tags: z.array(z.string()),
    lockedUrl: z.string(),
    address: z.string(),
    joinedAt: z.string(),
    // What has a default is absent in files of version 0.3.0.
    draining: z.boolean().default(false),
    accepted: z.record(z.string(), acceptedKey),
    withdrawn: z.array(z.object({ name: z.string(), key: z.string(), withdrawnAt: z.string() })).default([]),
    removed: z.record(z.string(), acceptedKey).default({}),
    signers: z.record(z.string(), z.object({ revision: z.number(), key: z.string() })).default({}),
    change: z.number(),
    revisions: z.record(z.string(), z.number()),
    refused: z.record(z.string(), refusedDefinitionSchema),
    owed: z.array(
      z.object({
        ...heldClaim,
        state: z.enum(['success', 'failure', 'cancelled', 'interrupted', 'superseded']),
        reason: z.string().nullable(),
      }),
    ),
    releases: z.array(z.object({ ...heldClaim, executionId: z.string() })).default([]),
  }),
});

export interface FleetFileOptions {
  readonly path: string;
  /** Runs an action that no other process of this app runs at the same time. */
  readonly lock: <T>(action: () => T) => T;
}

/** Opens `fleet.json`: the membership of this data directory, readable only for its owner. */
export function openFleetFile({ path, lock }: FleetFileOptions): FleetFile {
  return {
    read: () => read(path),
    update: (change) =>
      lock(() => {
        const before = read(path);
        const fleet = change(before);
        if (fleet === before) return;
        try {
          if (fleet === null) rmSync(path, { force: true });
          else writeDurably(path, `${JSON.stringify({ version: 1, fleet }, null, 2)}\n`);
        } catch (error) {
          throw writeError(error, path);
        }
      }),
  };
}

function read(path: string): JoinedFleet | null {
  try {
    return fileSchema.parse(JSON.parse(readFile(path).toString('utf8'))).fleet;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null;
    const why = error instanceof z.ZodError ? 'this version cannot read its format' : messageOf(error);
    throw new SchedulerError(
      'store/fleet-unreadable',
      `The membership in the fleet cannot be read: ${path}: ${why}. The file was not changed. Repair it, or move it away and join again.`,
      { path },
      error,
    );
  }
}
