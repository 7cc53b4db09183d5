import { z } from 'zod';
import {
  exportDocumentSchema,
  foundElsewhereSchema,
  importOptionsSchema,
  importReportSchema,
  installedKindSchema,
} from '../transfer.ts';

const report = z.object({ report: importReportSchema });
/** Refers to an opened file by a token. The page never passes in file names. */
const opened = z.object({ token: z.string(), options: importOptionsSchema });

/** Calls of the window for export and import. Files are chosen only in the system's dialogs. */
export const transferCalls = {
  /** `file` is null if the dialog was cancelled. */
  'transfer.export': {
    /** `taskIds` exports only these tasks and their groups, without settings. */
    input: z.object({ withSecrets: z.boolean().default(false), taskIds: z.array(z.string()).min(1).optional() }),
    output: z.object({
      file: z.string().nullable(),
      tasks: z.number().int(),
      secrets: exportDocumentSchema.shape.secrets,
      warnings: z.array(z.string()),
    }),
  },
  /** Asks for a file, or reads what is installed on this machine. `opened` is null if the dialog was cancelled. */
  'transfer.open': {
    input: z.object({ installed: installedKindSchema.optional() }),
    output: z.object({
      /** `name` is the name of the file; null for what was read from this machine. */
      opened: z.object({ token: z.string(), name: z.string().nullable(), report: importReportSchema }).nullable(),
    }),
  },
  /** Returns what the other schedulers of this machine hold, for the first start. */
  'transfer.found': { input: z.object({}), output: z.object({ found: z.array(foundElsewhereSchema) }) },
  'transfer.preview': { input: opened, output: report },
  'transfer.apply': { input: opened, output: report },
} as const;
