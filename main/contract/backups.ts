import { z } from 'zod';
import { changeSchema } from './history.ts';
import { instantSchema } from './task.ts';

/** What restoring a backup would do to one task. */
export const restoreChangeSchema = changeSchema.pick({ kind: true, taskId: true, taskName: true, differences: true });
export type RestoreChange = z.infer<typeof restoreChangeSchema>;

/** An earlier content of `schedule.json`, compared with what counts now. */
export const backupSchema = z.object({
  /** `schedule.json.backup-1` is what was saved last. */
  name: z.string(),
  savedAt: instantSchema,
  /** Tasks in it; null where the backup itself cannot be read. */
  tasks: z.number().int().nullable(),
  /** What restoring it would change; empty where it is what there is. */
  changes: z.array(restoreChangeSchema),
});
export type Backup = z.infer<typeof backupSchema>;

export const restoreResultSchema = z.object({
  changes: z.array(restoreChangeSchema),
  /** Where the content that was replaced is kept; null in a dry run, or where there was none. */
  kept: z.string().nullable(),
  /** `undo --batch` takes the restore back; null where it changed no task. */
  batch: z.string().nullable(),
});
export type RestoreResult = z.infer<typeof restoreResultSchema>;
