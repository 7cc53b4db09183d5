import { z } from 'zod';
import { otherJobsSchema } from '../other-jobs.ts';
import { osEntrySchema, osPreviewSchema } from '../os-entries.ts';
import { osSchedulerKindSchema } from '../os-scheduler-kinds.ts';
import { nothing } from './inputs.ts';

export const entryCalls = {
  /** Returns our entries in the OS scheduler, those of ncp, and others that look like ours. */
  'entries.list': { input: nothing, output: z.object({ entries: z.array(osEntrySchema) }) },
  /** Returns what would be installed for a group. Installs nothing. */
  'entries.preview': {
    input: z.object({ timingId: z.string(), kind: osSchedulerKindSchema }),
    output: osPreviewSchema,
  },
  /** Returns what the other schedulers of this machine run. Changes nothing. */
  'entries.others': { input: nothing, output: otherJobsSchema },
} as const;
