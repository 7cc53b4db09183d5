import { z } from 'zod';

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

/** `config.json`: the seed's names and defaults, plus ours. Unknown fields survive a round trip. */
export const settingsSchema = z.looseObject({
  /** Executions kept per task. */
  maxExecutionsPerJob: z.number().int().positive().default(100),
  /** Days an execution is kept. */
  maxExecutionAgeDays: z.number().positive().default(14),
  /** When retention runs, cron in the machine's zone. */
  cleanupSchedule: z.string().default('0 0 * * *'),
  enableAutoCleanup: z.boolean().default(true),
  /** Time-out of a task that sets none, in ms. */
  defaultTimeout: z.number().int().positive().default(300_000),
  /** Total size of all logs kept, in bytes. */
  maxLogBytes: z
    .number()
    .int()
    .positive()
    .default(1024 * 1024 * 1024),
  /** Executions at the same time. Absent: twice the processor cores. */
  concurrencyLimit: z.number().int().positive().optional(),
  /** Which OS scheduler carries the groups. `auto` takes the best one this machine has. */
  osScheduler: z.union([z.literal('auto'), osSchedulerKindSchema]).default('auto'),
  notifyOnFailure: z.boolean().default(true),
  /** Undefined until the person was asked. */
  startAtLogin: z.boolean().optional(),
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  mcpServers: z.record(z.string(), mcpServerSchema).default({}),
});
export type Settings = z.infer<typeof settingsSchema>;
