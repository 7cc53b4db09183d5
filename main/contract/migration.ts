import { z } from 'zod';
import { osEntryChangeSchema, osEntrySchema } from './os-entries.ts';
import { taskSchema, timingSchema } from './task.ts';

const named = z.object({ id: z.string(), name: z.string() });

/** What taking over the tasks of another scheduler came to. */
export const migrationReportSchema = z.object({
  /** The tasks that came from there, as they are in the schedule now. */
  tasks: z.array(taskSchema),
  /** Their groups. */
  timings: z.array(timingSchema),
  /** Where the old file is now; null when there was nothing to put away, or in a dry run. */
  backup: z.string().nullable(),
  /** What is not in the schedule and why; it is still in the backup. */
  skipped: z.array(named.extend({ reason: z.string() })),
  /** Of `tasks`, how many this run added; the others were there before. */
  added: z.number().int(),
  /** What is not as it was, by task. */
  notes: z.array(named.extend({ note: z.string() })),
  /** Executions that became history. */
  executions: z.number().int(),
  /** Records of executions that could not be read. */
  unreadableExecutions: z.number().int(),
});
export type MigrationReport = z.infer<typeof migrationReportSchema>;

/** ncp's entries in the OS scheduler after an attempt to replace them. */
export const legacyReplacementSchema = z.object({
  /** Removed, or `failed` with the reason. */
  replaced: z.array(osEntryChangeSchema),
  /** Left in place, with the reason. */
  kept: z.array(z.object({ entry: osEntrySchema, reason: z.string() })),
});
export type LegacyReplacement = z.infer<typeof legacyReplacementSchema>;

export const migrateResultSchema = migrationReportSchema.extend({
  /** Entries of ncp that are in the OS scheduler now, and fire there. */
  osEntries: z.array(osEntrySchema),
  /** Entries of ours that the OS scheduler did not take. */
  warnings: z.array(z.string()),
  /** Only with `--replace-os-entries`. */
  replacement: legacyReplacementSchema.optional(),
});
export type MigrateResult = z.infer<typeof migrateResultSchema>;
