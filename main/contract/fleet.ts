import { z } from 'zod';

/** A tag that members have and shared tasks ask for, such as `gpu`. */
export const memberTagSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,39}$/, 'a tag has up to 40 lower-case letters, digits and . _ -, for example gpu');

/** Name of a member, as its person chose it. */
export const memberNameSchema = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/,
    'the name of a member has up to 63 letters, digits and . _ -, and starts with a letter or digit, for example server-2',
  );

/** Which members run a shared task: `one` of those that have all tags, or `each` of them. */
export const runsOnSchema = z.strictObject({
  mode: z.enum(['one', 'each']),
  tags: z.array(memberTagSchema).max(20),
});
export type RunsOn = z.infer<typeof runsOnSchema>;

/** What a task in `schedule.json` says of its definition in the fleet. A local task has none. */
export const sharedSchema = z.looseObject({
  /** Id of the fleet. */
  fleetId: z.string(),
  /** The revision that this machine has accepted, from 1. */
  revision: z.number().int().positive(),
  runsOn: runsOnSchema,
  /** Name of the member on which this revision was made. */
  author: z.string(),
});
export type Shared = z.infer<typeof sharedSchema>;

/** Returns `one:gpu,linux`, as `readRunsOn` reads it. */
export const runsOnText = ({ mode, tags }: RunsOn): string => (tags.length === 0 ? mode : `${mode}:${tags.join(',')}`);

/** Reads `one`, `each` or `one:gpu,linux`. Returns a sentence that says what is wrong. */
export function readRunsOn(text: string): { readonly runsOn: RunsOn } | { readonly wrong: string } {
  const [mode = '', ...rest] = text.trim().split(':');
  const tags = rest
    .join(':')
    .split(',')
    .map((tag) => tag.trim());
  if (mode !== 'one' && mode !== 'each') return { wrong: 'one or each, with tags if needed, for example one:gpu' };
  if (rest.length === 0) return { runsOn: { mode, tags: [] } };
  const issue = tags.map((tag) => memberTagSchema.safeParse(tag).error?.issues[0]?.message).find(Boolean);
  return issue === undefined ? { runsOn: { mode, tags: [...new Set(tags)].sort() } } : { wrong: issue };
}

/** Why a definition that the database holds is not used on this machine. */
const refusalReasonSchema = z.enum([
  /** Its author's key was never accepted here. */
  'unknown-key',
  /** Its author has another key than the one that was accepted. */
  'changed-key',
  /** This machine no longer runs anything that this key signed: its person withdrew it. */
  'withdrawn-key',
  /** The signature does not match: what was signed is not what is stored. */
  'bad-signature',
  /** What was signed is about another task, revision or fleet than the row that holds it. */
  'wrong-row',
  /** Its revision is not newer than the one that this machine has. */
  'old-revision',
  /** It cannot be read, or a newer version of this product made it. */
  'unreadable',
]);
export type RefusalReason = z.infer<typeof refusalReasonSchema>;

export const refusedDefinitionSchema = z.object({
  taskId: z.string(),
  /** Name in the refused definition; null if it cannot be read. Nothing proves it. */
  taskName: z.string().nullable(),
  revision: z.number(),
  reason: refusalReasonSchema,
  /** What was wrong and what to do, for a person. */
  message: z.string(),
  authorId: z.string(),
  /** Fingerprint of the key that signed it. */
  fingerprint: z.string(),
  at: z.iso.datetime(),
});
export type RefusedDefinition = z.infer<typeof refusedDefinitionSchema>;

export const fleetMemberViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  tags: z.array(z.string()),
  /** `SHA256:…`, as people compare keys. */
  fingerprint: z.string(),
  /**
   * Whether this machine runs what the member signs. `changed`: it has another key than the accepted one. `withdrawn`: it was
   * accepted, and nothing that it signed runs any more.
   */
  key: z.enum(['own', 'accepted', 'waiting', 'changed', 'withdrawn']),
  version: z.string(),
  /** True if it gave a sign of life in the last two minutes. */
  alive: z.boolean(),
  seenAt: z.iso.datetime(),
  /** It finishes what runs and takes nothing new. */
  draining: z.boolean(),
  /** Names of its configured MCP servers and of its stored secrets. */
  servers: z.array(z.string()),
  secrets: z.array(z.string()),
  running: z.number().int().nonnegative(),
  /** The most executions at once; null if unlimited. */
  limit: z.number().int().positive().nullable(),
  nextRunAt: z.iso.datetime().nullable(),
  /** Its clock minus the database's, in ms. */
  clockOffsetMs: z.number(),
});
export type FleetMemberView = z.infer<typeof fleetMemberViewSchema>;

/** What this machine knows of its fleet. */
export const fleetStateSchema = z.object({
  fleetId: z.string(),
  /** The database without its password. */
  address: z.string(),
  /** Address that another machine joins with, without a password; null if it cannot be decrypted now. */
  invitation: z.string().nullable(),
  name: z.string(),
  tags: z.array(z.string()),
  fingerprint: z.string(),
  /** Why the database cannot be used now, as a sentence; null if it answers. */
  problem: z.string().nullable(),
  /** Number of shared tasks on this machine. */
  sharedTasks: z.number().int().nonnegative(),
  refused: z.array(refusedDefinitionSchema),
});
export type FleetState = z.infer<typeof fleetStateSchema>;
