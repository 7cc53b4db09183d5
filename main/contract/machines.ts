import { z } from 'zod';
import { wireErrorSchema } from './errors.ts';

/** Characters that end a line, move a cursor or hide a text have no place in a name that is shown or given to ssh. */
const visible = /^[^\s\p{C}]+$/u;

/**
 * What ssh is told to connect to: a name of `~/.ssh/config`, `host`, `user@host` or `ssh://user@host:port`. One that
 * begins with `-` would be an option of ssh.
 */
export const machineHostSchema = z
  .string()
  .max(255)
  .regex(visible, 'A host has no spaces and no control characters')
  .refine((host) => !host.startsWith('-'), 'A host does not begin with "-"')
  .refine((host) => !host.startsWith('ssh://-') && !host.includes('@-'), 'A host does not begin with "-"');

/** What a person calls a machine. */
export const machineNameSchema = z
  .string()
  .max(60)
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u, 'A name of a machine has letters, digits, ".", "_" and "-"');

/** A path on the other machine. A program may also be below `~/`. */
const pathSchema = z
  .string()
  .min(1)
  .max(1000)
  .regex(/^\P{Cc}+$/u, 'A path has no control characters');

export const machineColours = ['blue', 'green', 'orange', 'purple', 'red', 'teal', 'yellow'] as const;

export const machineSchema = z.looseObject({
  host: machineHostSchema,
  /** Path of `ncp-scheduler` there. Absent: found on the PATH, in ~/.local/bin or in /usr/local/bin. */
  program: pathSchema.optional(),
  /** Data directory there, absolute. Absent: the default of that machine. */
  dataDir: pathSchema.optional(),
  colour: z.enum(machineColours).optional(),
  /** Show the failures of this machine as notifications here. The app then stays connected to it. @default false */
  notify: z.boolean().optional(),
});
export type Machine = z.infer<typeof machineSchema>;

export const machinesSchema = z.record(machineNameSchema, machineSchema);
export type Machines = z.infer<typeof machinesSchema>;

/** What `machines test` finds. */
export const machineTestSchema = z.object({
  /** Version of the program there. */
  version: z.string(),
  /** The window of this version can show that machine: both have the same calls. */
  sameContract: z.boolean(),
  machine: z.object({ name: z.string(), user: z.string(), platform: z.string(), timezone: z.string() }),
  /** From the start of ssh to the answer, in ms. */
  tookMs: z.number(),
});
export type MachineTest = z.infer<typeof machineTestSchema>;

const listedFailureSchema = z.object({ taskId: z.string(), taskName: z.string(), executionId: z.string() });

/** What is known about the tasks of another machine. */
const machineFactsSchema = z.object({
  /** Version of the program there. */
  version: z.string(),
  user: z.string(),
  /** IANA zone in which its tasks run. */
  timezone: z.string(),
  /** Everything is paused there. */
  paused: z.boolean(),
  /** Why its tasks cannot be read; null if they can. */
  unreadable: z.string().nullable(),
  /** Number of tasks that can run. */
  active: z.number().int().nonnegative(),
  running: z.number().int().nonnegative(),
  /** The tasks whose last run failed, the newest failure first. */
  failing: z.array(listedFailureSchema),
});
export type MachineFacts = z.infer<typeof machineFactsSchema>;

/** Another machine, as the window lists it. */
export const machineStatusSchema = z.object({
  name: z.string(),
  host: z.string(),
  colour: z.enum(machineColours).nullable(),
  notify: z.boolean(),
  /** `idle`: nobody has asked for a connection yet. */
  link: z.enum(['idle', 'connecting', 'connected', 'unreachable']),
  /** ISO instant of the first failure, the instant of the next attempt, and the last error; null while it is reachable. */
  trouble: z.object({ since: z.string(), retryAt: z.string(), error: wireErrorSchema }).nullable(),
  /** The last that was seen; null if the machine was never reached. */
  facts: machineFactsSchema.nullable(),
});
export type MachineStatus = z.infer<typeof machineStatusSchema>;
