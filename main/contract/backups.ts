import { z } from 'zod';
import { changeSchema, shownChangeSchema } from './history.ts';
import { instantSchema } from './task.ts';

/** What restoring a backup would do to one task. */
const restoreChangeSchema = changeSchema.pick({ kind: true, taskId: true, taskName: true, differences: true });
export type RestoreChange = z.infer<typeof restoreChangeSchema>;

/** An earlier version of `schedule.json`, compared with the current one. */
export const backupSchema = z.object({
  /** `schedule.json.backup-1` is the latest. */
  name: z.string(),
  savedAt: instantSchema,
  /** Number of tasks in it; null if the backup itself cannot be read. */
  tasks: z.number().int().nullable(),
  /** What restoring it would change; empty if it equals the current version. */
  changes: z.array(restoreChangeSchema),
});
export type Backup = z.infer<typeof backupSchema>;

/** A backup for a person in the window. */
export const shownBackupSchema = backupSchema.extend({
  changes: z.array(shownChangeSchema.pick({ kind: true, taskId: true, taskName: true, differences: true })),
});
export type ShownBackup = z.infer<typeof shownBackupSchema>;

export const restoreResultSchema = z.object({
  changes: z.array(restoreChangeSchema),
  /** Path of the replaced version; null in a dry run, or if there was none. */
  kept: z.string().nullable(),
  /** The batch with which `undo --batch` reverses the restore; null if no task changed. */
  batch: z.string().nullable(),
});
export type RestoreResult = z.infer<typeof restoreResultSchema>;
