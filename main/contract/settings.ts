import { z } from 'zod';
import { agentSettingsSchema } from './agents.ts';
import { alertSettingsSchema } from './alerts/rules.ts';
import { doubtPolicySchema } from './doubt.ts';
import { workerPolicySchema } from './worker-policy.ts';
import { longAfterSchema } from './attention.ts';
import { calendarsSchema } from './calendars.ts';
import { readKeep } from './keep.ts';
import { machinesSchema } from './machines.ts';
import { osSchedulerKindSchema } from './os-scheduler-kinds.ts';

/** A URL, or a text that may become one once its variables have values. */
const addressSchema = z.union([z.url(), z.string().includes('${')], { error: 'Invalid URL' });

/**
 * One MCP server: stdio by `command`, streamable HTTP or HTTP+SSE by `url`. The shape is Claude Desktop's `mcpServers`,
 * with `keep` of this product (`readKeep`).
 */
export const mcpServerSchema = z.union([
  z.looseObject({
    command: z.string().min(1),
    args: z.array(z.string()).optional(),
    env: z.record(z.string(), z.string()).optional(),
    cwd: z.string().optional(),
  }),
  z.looseObject({ url: addressSchema, headers: z.record(z.string(), z.string()).optional() }),
]);
export type McpServer = z.infer<typeof mcpServerSchema>;

/** Returns a server with its address in `url`, which Windsurf calls `serverUrl` and Gemini CLI `httpUrl`. */
export function withUrl(server: unknown): unknown {
  if (typeof server !== 'object' || server === null || 'url' in server || 'command' in server) return server;
  const { serverUrl, httpUrl, ...rest } = server as Readonly<Record<string, unknown>>;
  const url = httpUrl ?? serverUrl;
  return url === undefined ? server : { ...rest, url };
}

const configuredServerSchema = z.preprocess(withUrl, mcpServerSchema).superRefine((server, context) => {
  const keep = readKeep(server);
  if ('problem' in keep) context.addIssue({ code: 'custom', path: ['keep'], message: keep.problem });
});

const count = z.number().int().positive();
/** An absolute path of any system. */
const absolutePath = z
  .string()
  .regex(/^(?:\/|[A-Za-z]:[\\/]|\\\\)/, 'Give an absolute path, such as /home/me/tasks.ics');

/**
 * The settings without their defaults. A change may contain any of them. To add one, name it here. The compiler then asks
 * for:
 *
 * - its default: `settingsSchema` below;
 * - whether it is imported, and shown in a report for support: setting-facts.ts beside this file;
 * - the words with which the palette finds it: `rowsOfSettings` in renderer/features/palette/setting-entries.tsx;
 * - its name in the list of changes: `ofSettings` in renderer/text/en/history.ts;
 * - the words of its choices, if it has some: renderer/features/history/choice-words.ts;
 * - a value other than the default: `everySetting` in main/testing/documents/whole-export.ts.
 *
 * It does not ask for the row in renderer/features/settings/…-section.tsx and its texts (renderer/text/en/settings.ts, or those
 * of the section), nor for the code that reads it at each use, because settings change while the app runs. If it acts by
 * itself, main/services/transfer/own-file/unchecked-settings.ts switches it off in a file of another machine.
 */
const settingsFields = {
  /** Maximum number of runs kept per task. */
  maxExecutionsPerJob: count,
  /** Days that a run is kept. */
  maxExecutionAgeDays: z.number().positive(),
  /** When retention runs: a cron expression in the machine's zone. */
  cleanupSchedule: z.string(),
  enableAutoCleanup: z.boolean(),
  /** Time limit of a task that sets none, in ms. */
  defaultTimeout: count,
  /** What to do with doubtful runs of a task that sets nothing. */
  doubtfulRuns: doubtPolicySchema,
  /** Which worker runs the shell lines and HTTP requests of a task that sets nothing. */
  worker: workerPolicySchema,
  /** Total size of all logs kept, in bytes. */
  maxLogBytes: count,
  /** For tasks that set no `lateAfterMs` of their own. Absent: no task is told to be late. */
  lateAfterMs: z.number().int().nonnegative(),
  /** For tasks that set no `longAfter` of their own. */
  longAfter: longAfterSchema,
  /** For tasks that set no `overdueAfterMs` of their own. */
  overdueAfterMs: z.number().int().nonnegative(),
  /** How long before a slot the primary checks whether the task can still sign in, in ms. 0: never. */
  credentialCheckMs: z.number().int().nonnegative(),
  /** Maximum number of runs at the same time. Absent: twice the number of processor cores. */
  concurrencyLimit: count,
  /**
   * Maximum number of idle workers that the running app starts about five seconds before the next slot, so that its
   * tasks start at once. Each uses about 40 MiB of memory while it waits. 0 turns this off.
   */
  warmWorkers: z.number().int().nonnegative(),
  /** The OS scheduler in which the groups have their entries. `auto` chooses the best one of this machine. */
  osScheduler: z.union([z.literal('auto'), osSchedulerKindSchema]),
  /** Notify of a failure after the last retry. Once for each cause, until the task succeeds again. */
  notifyOnFailure: z.boolean(),
  /** Notify of the first success after a failure with a notification. */
  notifyOnRecovery: z.boolean(),
  /** Notify of what a task looks at, if it has changed and the task only tells it. */
  notifyOnChange: z.boolean(),
  /** Notify of a task that was paused after failures. */
  notifyOnPause: z.boolean(),
  /** Notify of missed slots. */
  notifyOnMissed: z.boolean(),
  /** Notify of a task that is late, takes too long or is overdue, and when that is over. */
  notifyOnAttention: z.boolean(),
  /** File with metrics for Prometheus that is kept up to date, such as one in the folder of node_exporter. */
  metricsFile: absolutePath,
  /** File with the calendar of the slots to come that is kept up to date. */
  calendarFile: absolutePath,
  /** Days of past runs in `calendarFile`, with their outcome. 0: none. */
  calendarPastDays: z.number().int().min(0).max(366),
  /** Global shortcut that opens quick add, as an Electron accelerator (`Control+Alt+N`); empty for none. */
  quickAddShortcut: z.string(),
  /** Check for a newer version once a day. Nothing is installed without a person's request. */
  checkForUpdates: z.boolean(),
  /** Absent until the person has decided. */
  startAtLogin: z.boolean(),
  /** The window does not offer its tour again. Absent until the person has begun, skipped or ended it. */
  tourSeen: z.boolean(),
  theme: z.enum(['system', 'light', 'dark']),
  /** The clock in the window, tray, notifications and CLI. `system`: that of the system's locale. */
  timeFormat: z.enum(['system', '12h', '24h']),
  /** The day on which weeks start in the window. `system`: that of the system's locale. */
  firstDayOfWeek: z.enum(['system', 'monday', 'sunday', 'saturday']),
  mcpServers: z.record(z.string(), configuredServerSchema),
  /** Other machines by name, which `--on NAME` reaches over SSH. */
  machines: machinesSchema,
  /** Sets of days by name, on which tasks run or do not run. */
  calendars: calendarsSchema,
  /** What agents may do. */
  agents: agentSettingsSchema,
  /** Where alerts go, and which. */
  alerts: alertSettingsSchema,
};

export type SettingName = keyof typeof settingsFields;

/** `config.json`: the original system's fields and defaults, plus those of this app. Unknown fields are kept. */
export const settingsSchema = z.looseObject({
  maxExecutionsPerJob: settingsFields.maxExecutionsPerJob.default(100),
  maxExecutionAgeDays: settingsFields.maxExecutionAgeDays.default(14),
  cleanupSchedule: settingsFields.cleanupSchedule.default('0 0 * * *'),
  enableAutoCleanup: settingsFields.enableAutoCleanup.default(true),
  defaultTimeout: settingsFields.defaultTimeout.default(300_000),
  doubtfulRuns: settingsFields.doubtfulRuns.default('mark'),
  worker: settingsFields.worker.default('shared'),
  maxLogBytes: settingsFields.maxLogBytes.default(1024 * 1024 * 1024),
  lateAfterMs: settingsFields.lateAfterMs.optional(),
  longAfter: settingsFields.longAfter.optional(),
  overdueAfterMs: settingsFields.overdueAfterMs.optional(),
  credentialCheckMs: settingsFields.credentialCheckMs.default(3_600_000),
  concurrencyLimit: settingsFields.concurrencyLimit.optional(),
  warmWorkers: settingsFields.warmWorkers.default(4),
  osScheduler: settingsFields.osScheduler.default('auto'),
  notifyOnFailure: settingsFields.notifyOnFailure.default(true),
  notifyOnRecovery: settingsFields.notifyOnRecovery.default(true),
  notifyOnChange: settingsFields.notifyOnChange.default(true),
  notifyOnPause: settingsFields.notifyOnPause.default(true),
  notifyOnMissed: settingsFields.notifyOnMissed.default(true),
  notifyOnAttention: settingsFields.notifyOnAttention.default(true),
  metricsFile: settingsFields.metricsFile.optional(),
  calendarFile: settingsFields.calendarFile.optional(),
  calendarPastDays: settingsFields.calendarPastDays.default(0),
  quickAddShortcut: settingsFields.quickAddShortcut.default(''),
  checkForUpdates: settingsFields.checkForUpdates.default(false),
  startAtLogin: settingsFields.startAtLogin.optional(),
  tourSeen: settingsFields.tourSeen.optional(),
  theme: settingsFields.theme.default('system'),
  timeFormat: settingsFields.timeFormat.default('system'),
  firstDayOfWeek: settingsFields.firstDayOfWeek.default('system'),
  mcpServers: settingsFields.mcpServers.default({}),
  machines: settingsFields.machines.default({}),
  calendars: settingsFields.calendars.default({}),
  agents: settingsFields.agents.prefault({}),
  alerts: settingsFields.alerts.prefault({}),
} satisfies Readonly<Record<SettingName, z.ZodType>>);
export type Settings = z.infer<typeof settingsSchema>;

/**
 * Some of the settings. Not `settingsSchema.partial()`: that fills every absent field with its default (zod 4 applies
 * defaults inside optional fields), and a change of the theme would reset all the rest.
 */
export const settingsChangeSchema = z.looseObject(settingsFields).partial();
