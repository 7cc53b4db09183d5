import { z } from 'zod';
import { instantSchema, scheduleFileSchema } from './task.ts';

/** Names the file kind, so that it is recognised by content. */
export const exportFormat = 'ncp-scheduler-export';
/** The version this app writes. A reader takes this one and refuses a newer one. */
export const exportVersion = 1;

/** What a task has done so far, so that its limits and counts go on where it is imported. */
export const exportedFiguresSchema = z.looseObject({
  executionCount: z.number().int().nonnegative(),
  successfulSlots: z.number().int().nonnegative(),
  lastExecutionAt: instantSchema.nullable(),
  lastStatus: z.string().nullable(),
});

/** A value that was left out of the file, and the reference that stands in its place. */
export const secretReferenceSchema = z.looseObject({
  /** `${secret:github_GITHUB_TOKEN}`. */
  reference: z.string(),
  /** Where it stands: `["settings", "mcpServers", "github", "env", "GITHUB_TOKEN"]`, `["tasks", ID, "env", NAME]`. */
  at: z.array(z.union([z.string(), z.number().int()])).min(2),
});
export type SecretReference = z.infer<typeof secretReferenceSchema>;

/** The whole schedule with its settings as one JSON file. Unknown fields are kept. */
export const exportDocumentSchema = z.looseObject({
  format: z.literal(exportFormat),
  version: z.literal(exportVersion),
  exportedAt: instantSchema,
  exportedBy: z.looseObject({ version: z.string(), platform: z.string(), timezone: z.string() }),
  /** As `schedule.json`. */
  schedule: scheduleFileSchema,
  /** By task id; tasks that never ran have none. */
  figures: z.record(z.string(), exportedFiguresSchema),
  /** Of `config.json`, what differs from the defaults. */
  settings: z.record(z.string(), z.unknown()),
  /** Values that are references in this file. */
  secrets: z.array(secretReferenceSchema),
});
export type ExportDocument = z.infer<typeof exportDocumentSchema>;

/**
 * What an import can be made of. `ncp-scheduler` is our own export, or a `schedule.json`; `mcp-servers` a file with
 * `mcpServers`, as Claude Desktop and ncp's profiles have them.
 */
export const importKindSchema = z.enum(['ncp-scheduler', 'mcp-servers', 'crontab', 'systemd', 'launchd', 'windows']);
export type ImportKind = z.infer<typeof importKindSchema>;
/** Other schedulers. */
export const otherSchedulerSchema = importKindSchema.exclude(['ncp-scheduler', 'mcp-servers']);
export type OtherScheduler = z.infer<typeof otherSchedulerSchema>;
/** What can be read from this machine without naming a file. */
export const installedKindSchema = importKindSchema.exclude(['ncp-scheduler']);
export type InstalledKind = z.infer<typeof installedKindSchema>;

/**
 * What to do with a task whose id or name is taken by another definition: `copy` adds it beside, renamed and paused;
 * `replace` takes the file's definition; `skip` keeps what is here.
 */
export const clashPolicySchema = z.enum(['copy', 'replace', 'skip']);
export type ClashPolicy = z.infer<typeof clashPolicySchema>;

export const importActionSchema = z.enum(['add', 'replace', 'skip']);
export type ImportAction = z.infer<typeof importActionSchema>;

/** What an import does, or would do, with one thing of the file. */
export const importChangeSchema = z.object({
  what: z.enum(['task', 'setting', 'server']),
  /** Names it within this import: what a decision is made for. */
  key: z.string(),
  name: z.string(),
  action: z.enum([...importActionSchema.options, 'refused']),
  /** The actions that can be decided for it; none where there is nothing to decide. */
  choices: z.array(importActionSchema),
  /** The task here that was added or replaced. */
  taskId: z.string().optional(),
  /** Where it was found: `line 12`, `backup.timer`. */
  source: z.string().optional(),
  /** The schedule as a sentence, with its zone. */
  schedule: z.string().optional(),
  /** What it runs, in one line. */
  runs: z.string().optional(),
  /** True where it is paused once imported. */
  paused: z.boolean().optional(),
  /** Why it is skipped, replaced, added beside or refused. */
  reason: z.string().optional(),
  /** With `replace`: the fields that change. */
  fields: z.array(z.string()),
  /** What is not as it was in the file, in sentences. */
  notes: z.array(z.string()),
});
export type ImportChange = z.infer<typeof importChangeSchema>;

export const importReportSchema = z.object({
  kind: importKindSchema,
  /** Names all that one import changed in the audit; null in a preview, and where nothing was to be changed. */
  importId: z.string().nullable(),
  changes: z.array(importChangeSchema),
  /** What concerns the whole file. */
  notes: z.array(z.string()),
  /** What went wrong after the definitions were saved, for example an OS entry that was refused. */
  warnings: z.array(z.string()),
});
export type ImportReport = z.infer<typeof importReportSchema>;

/** How an import is to be made. Decisions go by `key` and win over the policy. */
export const importOptionsSchema = z.object({
  policy: clashPolicySchema.default('copy'),
  decisions: z.record(z.string(), importActionSchema).default({}),
  /** False leaves settings and servers alone. */
  settings: z.boolean().default(true),
});
export type ImportOptions = z.infer<typeof importOptionsSchema>;

/** What a group can be exported as. */
export const groupTargetSchema = z.enum(['crontab', 'systemd', 'launchd', 'windows', 'kubernetes']);
export type GroupTarget = z.infer<typeof groupTargetSchema>;
