import { z } from 'zod';
import { systemOf, type System } from './os-scheduler-kinds.ts';
import { instantSchema, scheduleFileSchema } from './task.ts';

/** Identifies an export file by its content. */
export const exportFormat = 'ncp-scheduler-export';
/** The version that this app writes. A reader accepts it and refuses a newer one. */
export const exportVersion = 1;

/** The run counts of a task, so that its limits and counts continue after an import. */
export const exportedFiguresSchema = z.looseObject({
  executionCount: z.number().int().nonnegative(),
  successfulSlots: z.number().int().nonnegative(),
  lastExecutionAt: instantSchema.nullable(),
  lastStatus: z.string().nullable(),
});

/** A value that was left out of the file, and the reference that replaces it. */
const secretReferenceSchema = z.looseObject({
  /** `${secret:github_GITHUB_TOKEN}`. */
  reference: z.string(),
  /**
   * Its path in the document: `["settings", "mcpServers", "github", "env", "GITHUB_TOKEN"]`,
   * `["tasks", ID, "env", NAME]`.
   */
  at: z.array(z.union([z.string(), z.number().int()])).min(2),
});
export type SecretReference = z.infer<typeof secretReferenceSchema>;

/** The whole schedule with its settings as one JSON file. An import names unknown fields and does not take them over. */
export const exportDocumentSchema = z.looseObject({
  format: z.literal(exportFormat),
  version: z.literal(exportVersion),
  exportedAt: instantSchema,
  exportedBy: z.looseObject({ version: z.string(), platform: z.string(), timezone: z.string() }),
  /** As `schedule.json`. */
  schedule: scheduleFileSchema,
  /** Run counts by task id. A task that never ran has none. */
  figures: z.record(z.string(), exportedFiguresSchema),
  /** The settings of `config.json` that differ from the defaults. */
  settings: z.record(z.string(), z.unknown()),
  /** The values that are references in this file. */
  secrets: z.array(secretReferenceSchema),
  /** Proves to the data directory that exported the file that it is unchanged. Absent in a file of an earlier version. */
  mark: z.string().optional(),
});
export type ExportDocument = z.infer<typeof exportDocumentSchema>;

/**
 * What can be imported. `ncp-scheduler` is an export of this app or a `schedule.json`; `mcp-servers` is a file with
 * `mcpServers`, such as that of Claude Desktop or a profile of ncp; `agents` is what AI agents of this machine schedule
 * themselves.
 */
export const importKindSchema = z.enum([
  'ncp-scheduler',
  'mcp-servers',
  'crontab',
  'systemd',
  'launchd',
  'windows',
  'agents',
]);
export type ImportKind = z.infer<typeof importKindSchema>;
/** What a file can be. Agents keep their schedules in several files, which are found, not named. */
export const fileKindSchema = importKindSchema.exclude(['agents']);
export type FileKind = z.infer<typeof fileKindSchema>;
/** Other schedulers. */
export type OtherScheduler = Exclude<ImportKind, 'ncp-scheduler' | 'mcp-servers'>;
/** The systems that can have each other scheduler. Offered in this order. */
const systemsOf: Readonly<Record<OtherScheduler, readonly System[]>> = {
  launchd: ['macos'],
  windows: ['windows'],
  crontab: ['unix', 'macos'],
  systemd: ['unix'],
  agents: ['unix', 'macos', 'windows'],
};

/** Returns the other schedulers that a system can have. @param platform as `systemOf` */
export function otherSchedulersOn(platform: string): OtherScheduler[] {
  const inOrder = Object.keys(systemsOf) as OtherScheduler[];
  return inOrder.filter((kind) => systemsOf[kind].includes(systemOf(platform)));
}

/** What can be imported from this machine without naming a file. */
export const installedKindSchema = importKindSchema.exclude(['ncp-scheduler']);
export type InstalledKind = z.infer<typeof installedKindSchema>;

/**
 * What to do with a task whose id or name belongs to a different task: `copy` adds it under a new name, paused;
 * `replace` replaces the existing task; `skip` keeps the existing task.
 */
export const clashPolicySchema = z.enum(['copy', 'replace', 'skip']);
export type ClashPolicy = z.infer<typeof clashPolicySchema>;

export const importActionSchema = z.enum(['add', 'replace', 'skip']);
export type ImportAction = z.infer<typeof importActionSchema>;

/** What an import does, or would do, with one item of the file. */
const importChangeSchema = z.object({
  what: z.enum(['task', 'setting', 'server']),
  /** Identifies the item in this import; decisions refer to it. */
  key: z.string(),
  name: z.string(),
  action: z.enum([...importActionSchema.options, 'refused']),
  /** The actions that a person can choose; empty if there is no choice. */
  choices: z.array(importActionSchema),
  /** The task that was added or replaced. */
  taskId: z.string().optional(),
  /** Where it was found: `line 12`, `backup.timer`. */
  source: z.string().optional(),
  /** The schedule as a sentence, with its zone. */
  schedule: z.string().optional(),
  /** What the task runs, in one line. */
  runs: z.string().optional(),
  /** True if it is imported paused. */
  paused: z.boolean().optional(),
  /** Why it is skipped, replaced, added under a new name or refused. */
  reason: z.string().optional(),
  /** With `replace`: the fields that change. */
  fields: z.array(z.string()),
  /** What differs from the file, in sentences. */
  notes: z.array(z.string()),
});
export type ImportChange = z.infer<typeof importChangeSchema>;

export const importReportSchema = z.object({
  kind: importKindSchema,
  /** True unless the file is an unchanged export of this data directory, or the tasks were read from this machine. */
  elsewhere: z.boolean(),
  /** The batch of this import in the history; null in a preview, or if nothing changed. */
  importId: z.string().nullable(),
  changes: z.array(importChangeSchema),
  /** Notes about the whole file. */
  notes: z.array(z.string()),
  /** How many lines of the crontab, or schedules of agents, were switched off there; null unless tasks were moved. */
  moved: z.number().int().nullable(),
  /** Problems after the tasks were saved, for example an OS entry that could not be installed. */
  warnings: z.array(z.string()),
});
export type ImportReport = z.infer<typeof importReportSchema>;

/** Options of an import. Decisions are by `key` and override the policy. */
export const importOptionsSchema = z.object({
  policy: clashPolicySchema.default('copy'),
  decisions: z.record(z.string(), importActionSchema).default({}),
  /** False imports no settings and servers. */
  settings: z.boolean().default(true),
  /** True keeps active tasks of another machine active. By default they are paused until a person has checked them. */
  keepActive: z.boolean().default(false),
  /** Other names for tasks, by key. */
  names: z.record(z.string(), z.string().trim().min(1).max(200)).default({}),
  /**
   * True moves tasks of this machine's crontab or agents: they are switched off there, and active here. The batch of the
   * import undoes both.
   */
  move: z.boolean().default(false),
});
export type ImportOptions = z.infer<typeof importOptionsSchema>;

/** What a scheduler of this machine holds for the person, without the entries of this app. */
export const foundElsewhereSchema = z.object({
  kind: importKindSchema.exclude(['ncp-scheduler', 'mcp-servers']),
  /** Entries that can be imported, and entries that cannot. */
  tasks: z.number().int(),
  refused: z.number().int(),
  /** Why the scheduler could not be read; null if it could. */
  problem: z.string().nullable(),
});
export type FoundElsewhere = z.infer<typeof foundElsewhereSchema>;

/** The formats in which a group can be exported. */
export const groupTargetSchema = z.enum(['crontab', 'systemd', 'launchd', 'windows', 'kubernetes']);
export type GroupTarget = z.infer<typeof groupTargetSchema>;
