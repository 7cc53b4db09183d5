import { z } from 'zod';
import { osEntryChangeSchema, osEntrySchema } from './os-entries.ts';
import { taskSchema, timingSchema } from './task.ts';

const named = z.object({ id: z.string(), name: z.string() });

/** The result of importing the tasks of ncp. */
const migrationReportSchema = z.object({
  /** The imported tasks, as they are in the schedule now. */
  tasks: z.array(taskSchema),
  /** Their groups. */
  timings: z.array(timingSchema),
  /** Path of the renamed old file; null in a dry run, or if there was none. */
  backup: z.string().nullable(),
  /** What was not imported, and why. It is still in the backup. */
  skipped: z.array(named.extend({ reason: z.string() })),
  /** How many of `tasks` this call added. The others existed already. */
  added: z.number().int(),
  /** What differs from the original, by task. */
  notes: z.array(named.extend({ note: z.string() })),
  /** Number of imported runs. */
  executions: z.number().int(),
  /** Number of run records that could not be read. */
  unreadableExecutions: z.number().int(),
});
export type MigrationReport = z.infer<typeof migrationReportSchema>;

/** What an attempt to replace ncp's entries in the OS scheduler did to each. */
export const legacyReplacementSchema = z.object({
  /** Removed, or `failed` with the reason. */
  replaced: z.array(osEntryChangeSchema),
  /** Left in place, with the reason. */
  kept: z.array(z.object({ entry: osEntrySchema, reason: z.string() })),
});
export type LegacyReplacement = z.infer<typeof legacyReplacementSchema>;

export const migrateResultSchema = migrationReportSchema.extend({
  /** Entries of ncp that are still in the OS scheduler and keep firing. */
  osEntries: z.array(osEntrySchema),
  /** A sentence for each entry of this app that could not be installed. */
  warnings: z.array(z.string()),
  /** Only with `--replace-os-entries`. */
  replacement: legacyReplacementSchema.optional(),
});
export type MigrateResult = z.infer<typeof migrateResultSchema>;
