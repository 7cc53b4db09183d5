import { z } from 'zod';
import { agentSettingsSchema } from './agents.ts';

/** One MCP server: stdio by `command`, streamable HTTP by `url`. The shape is Claude Desktop's `mcpServers`. */
export const mcpServerSchema = z.union([
  z.looseObject({
    command: z.string().min(1),
    args: z.array(z.string()).optional(),
    env: z.record(z.string(), z.string()).optional(),
    cwd: z.string().optional(),
  }),
  z.looseObject({ url: z.url(), headers: z.record(z.string(), z.string()).optional() }),
]);
export type McpServer = z.infer<typeof mcpServerSchema>;

export const osSchedulerKindSchema = z.enum(['systemd', 'cron', 'launchd', 'windows', 'in-process']);
export type OsSchedulerKind = z.infer<typeof osSchedulerKindSchema>;

const count = z.number().int().positive();

/** The settings without their defaults: what a change may say. */
const settingsFields = {
  /** Executions kept per task. */
  maxExecutionsPerJob: count,
  /** Days an execution is kept. */
  maxExecutionAgeDays: z.number().positive(),
  /** When retention runs, cron in the machine's zone. */
  cleanupSchedule: z.string(),
  enableAutoCleanup: z.boolean(),
  /** Time-out of a task that sets none, in ms. */
  defaultTimeout: count,
  /** Total size of all logs kept, in bytes. */
  maxLogBytes: count,
  /** Executions at the same time. Absent: twice the processor cores. */
  concurrencyLimit: count,
  /**
   * Most idle workers the running app keeps ready for the tasks of the next slot, from about five seconds before it, so
   * that they start at once. Each takes about 40 MiB of memory while it waits. 0 turns this off.
   */
  warmWorkers: z.number().int().nonnegative(),
  /** Which OS scheduler carries the groups. `auto` takes the best one this machine has. */
  osScheduler: z.union([z.literal('auto'), osSchedulerKindSchema]),
  /** A failure that no retry mends. Once for each cause, until the task succeeded again. */
  notifyOnFailure: z.boolean(),
  /** The first success after a failure that was told. */
  notifyOnRecovery: z.boolean(),
  /** A task that was paused by its failures. */
  notifyOnPause: z.boolean(),
  /** Slots that nobody ran. */
  notifyOnMissed: z.boolean(),
  /** Keys that open quick add from anywhere, as Electron writes them (`Control+Alt+N`); empty for none. */
  quickAddShortcut: z.string(),
  /** Looks for a newer version once a day. Nothing is installed without being asked. */
  checkForUpdates: z.boolean(),
  /** Undefined until the person was asked. */
  startAtLogin: z.boolean(),
  theme: z.enum(['system', 'light', 'dark']),
  mcpServers: z.record(z.string(), mcpServerSchema),
  /** What MCP clients may do. */
  agents: agentSettingsSchema,
};

/** `config.json`: the seed's names and defaults, plus ours. Unknown fields survive a round trip. */
export const settingsSchema = z.looseObject({
  maxExecutionsPerJob: settingsFields.maxExecutionsPerJob.default(100),
  maxExecutionAgeDays: settingsFields.maxExecutionAgeDays.default(14),
  cleanupSchedule: settingsFields.cleanupSchedule.default('0 0 * * *'),
  enableAutoCleanup: settingsFields.enableAutoCleanup.default(true),
  defaultTimeout: settingsFields.defaultTimeout.default(300_000),
  maxLogBytes: settingsFields.maxLogBytes.default(1024 * 1024 * 1024),
  concurrencyLimit: settingsFields.concurrencyLimit.optional(),
  warmWorkers: settingsFields.warmWorkers.default(4),
  osScheduler: settingsFields.osScheduler.default('auto'),
  notifyOnFailure: settingsFields.notifyOnFailure.default(true),
  notifyOnRecovery: settingsFields.notifyOnRecovery.default(true),
  notifyOnPause: settingsFields.notifyOnPause.default(true),
  notifyOnMissed: settingsFields.notifyOnMissed.default(true),
  quickAddShortcut: settingsFields.quickAddShortcut.default(''),
  checkForUpdates: settingsFields.checkForUpdates.default(false),
  startAtLogin: settingsFields.startAtLogin.optional(),
  theme: settingsFields.theme.default('system'),
  mcpServers: settingsFields.mcpServers.default({}),
  agents: settingsFields.agents.prefault({}),
});
export type Settings = z.infer<typeof settingsSchema>;

/**
 * Some of the settings. Not `settingsSchema.partial()`: that fills every absent field with its default (zod 4 applies
 * defaults inside optional fields), and a change of the theme would reset all the rest.
 */
export const settingsChangeSchema = z.looseObject(settingsFields).partial();
