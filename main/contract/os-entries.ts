import { z } from 'zod';
import { osSchedulerKindSchema } from './os-scheduler-kinds.ts';

/** An entry of the OS scheduler that this app or ncp installed, or that looks like one. */
export const osEntrySchema = z.object({
  timingId: z.string(),
  kind: osSchedulerKindSchema,
  state: z.enum(['installed', 'drifted', 'legacy', 'foreign']),
  /** The group's identity, as stored in the entry; null if it has none. */
  key: z.string().nullable(),
  path: z.string(),
  /** Describes the difference, for people. */
  detail: z.string().optional(),
});

export const osEntryChangeSchema = z.object({
  timingId: z.string(),
  change: z.enum(['installed', 'updated', 'unchanged', 'removed', 'failed']),
  path: z.string(),
  /** Only with `failed`. */
  error: z.object({ code: z.string(), message: z.string() }).optional(),
});
export type OsEntryChange = z.infer<typeof osEntryChangeSchema>;

/** What an OS scheduler would get for a group. */
export const osPreviewSchema = z.object({
  kind: osSchedulerKindSchema,
  artifacts: z.array(z.object({ path: z.string(), content: z.string() })),
  /** `superset`: it also fires at other times, and exits without running anything. */
  covers: z.enum(['exact', 'superset']),
  notes: z.array(z.string()),
});
