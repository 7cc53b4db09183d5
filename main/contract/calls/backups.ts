import { z } from 'zod';
import { restoreResultSchema, shownBackupSchema } from '../backups.ts';
import { nothing } from './inputs.ts';

export const backupCalls = {
  'backups.list': { input: nothing, output: z.object({ backups: z.array(shownBackupSchema) }) },
  'backups.restore': { input: z.object({ name: z.string() }), output: restoreResultSchema },
} as const;
