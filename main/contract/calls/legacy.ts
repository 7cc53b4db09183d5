import { z } from 'zod';
import { legacyReplacementSchema } from '../migration.ts';
import { osEntrySchema } from '../os-entries.ts';
import { nothing } from './inputs.ts';

/** Lists and replaces the entries of ncp in the OS scheduler. */
export const legacyCalls = {
  'legacy.list': { input: nothing, output: z.object({ entries: z.array(osEntrySchema) }) },
  'legacy.replace': { input: nothing, output: legacyReplacementSchema },
} as const;
