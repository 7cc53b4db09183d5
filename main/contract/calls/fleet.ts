import { z } from 'zod';
import { fleetMemberViewSchema, fleetStateSchema, memberNameSchema, memberTagSchema, runsOnSchema } from '../fleet.ts';
import { fleetRunFilterSchema, fleetRunSchema } from '../fleet-runs.ts';
import { logChunkSchema } from '../log-chunk.ts';
import { taskViewSchema } from '../task.ts';
import { executionIdInput, nothing, taskIdInput } from './inputs.ts';

/** The address of the database, with a password or without: sent to the scheduler, and never returned. */
const url = z.string().trim().min(1).max(2000);
const member = z.object({ member: fleetMemberViewSchema });
const memberInput = z.object({ memberId: z.string() });
const task = z.object({ task: taskViewSchema });
/** Names of the paused copies of local tasks that the fleet has in another version. */
const kept = z.array(z.string());

/** Calls about the fleet that this machine has joined, or may join: what `fleet …` of the command line does. */
export const fleetCalls = {
  /** `fleet` is null if this machine is in none. `members` is null while the database does not answer. */
  'fleet.state': {
    input: nothing,
    output: z.object({ fleet: fleetStateSchema.nullable(), members: z.array(fleetMemberViewSchema).nullable() }),
  },
  /** Creates or upgrades the schema of a fleet. Returns the database without user and password. */
  'fleet.init': { input: z.object({ url }), output: z.object({ address: z.string() }) },
  /** Returns the members of a fleet that this machine may join. */
  'fleet.look': { input: z.object({ url }), output: z.object({ members: z.array(fleetMemberViewSchema) }) },
  'fleet.join': {
    input: z.object({
      url,
      name: memberNameSchema,
      tags: z.array(memberTagSchema).max(20),
      /** Fingerprints of the members whose tasks this machine will run. */
      accept: z.array(z.string()),
    }),
    output: z.object({ fleet: fleetStateSchema, kept }),
  },
  /** Its tasks stay here as local tasks, paused. `problem` says why the database still lists this machine. */
  'fleet.leave': { input: nothing, output: z.object({ problem: z.string().nullable(), tasks: z.array(z.string()) }) },
  /** Accepts the key of a member whose fingerprint the person has compared. */
  'fleet.accept': {
    input: memberInput.extend({ fingerprint: z.string() }),
    output: member.extend({ kept }),
  },
  /** No longer runs what a member signed. */
  'fleet.withdraw': { input: memberInput, output: nothing },
  /** Lets a member take nothing new, or ends this. */
  'fleet.drain': { input: memberInput.extend({ draining: z.boolean() }), output: member },
  /** Removes a member that is gone for good. */
  'fleet.remove': { input: memberInput, output: member },
  /** Lists the runs of shared tasks on all members, newest first. */
  'fleet.runs': {
    input: fleetRunFilterSchema,
    output: z.object({ runs: z.array(fleetRunSchema), more: z.boolean() }),
  },
  /** Reads a piece of the log of a run that any member made, while that member is there. */
  'fleet.readLog': {
    input: executionIdInput.extend({ offset: z.number().int().min(0).default(0) }),
    output: logChunkSchema,
  },
  /** Shares a task, or changes where it runs. `warning` says why no member can run it now. */
  'fleet.share': {
    input: taskIdInput.extend({ runsOn: runsOnSchema }),
    output: task.extend({ warning: z.string().nullable() }),
  },
  /** Makes a shared task a local task of this machine. */
  'fleet.unshare': { input: taskIdInput, output: task },
} as const;
