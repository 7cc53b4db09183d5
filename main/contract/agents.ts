import { z } from 'zod';

/** What an agent may do: look; look, and propose changes that a person approves; change and run. */
export const agentPermissionSchema = z.enum(['read-only', 'ask', 'allow']);
export type AgentPermission = z.infer<typeof agentPermissionSchema>;

const limit = z.number().int().nonnegative();

/** What the settings say about one MCP client, by the name the client calls itself. What is absent is the default. */
export const agentClientSettingsSchema = z.looseObject({
  permission: agentPermissionSchema.optional(),
  /** Tasks it may own, that is: has created and that still exist. */
  maxTasks: limit.optional(),
  /** Manual and test runs in any sixty minutes. */
  runsPerHour: limit.optional(),
  /** Set when a person revoked it: it may not even look. */
  revokedAt: z.string().optional(),
});
export type AgentClientSettings = z.infer<typeof agentClientSettingsSchema>;

/** `agents` in `config.json`. */
export const agentSettingsSchema = z.looseObject({
  /** Of a client that nobody has decided about. */
  permission: agentPermissionSchema.default('ask'),
  maxTasks: limit.default(50),
  runsPerHour: limit.default(30),
  clients: z.record(z.string(), agentClientSettingsSchema).default({}),
});
export type AgentSettings = z.infer<typeof agentSettingsSchema>;

/** An MCP client as people see it. */
export const agentClientSchema = z.object({
  name: z.string(),
  /** The one it came with last; null for a client that the settings name and that was never here. */
  version: z.string().nullable(),
  /** Every version it came with, the latest first. */
  versions: z.array(z.string()),
  firstSeenAt: z.string().nullable(),
  lastSeenAt: z.string().nullable(),
  permission: agentPermissionSchema,
  /** False: the permission is the default for clients nobody has decided about. */
  decided: z.boolean(),
  revokedAt: z.string().nullable(),
  maxTasks: limit,
  runsPerHour: limit,
  /** Tasks it owns now. */
  tasks: z.number().int(),
  runsLastHour: z.number().int(),
  /** Changes of it that wait for a person. */
  pending: z.number().int(),
});
export type AgentClient = z.infer<typeof agentClientSchema>;

/** What a person may change of a client. `null` takes a limit back to the default. */
export const agentClientChangeSchema = z.object({
  permission: agentPermissionSchema.optional(),
  maxTasks: limit.nullable().optional(),
  runsPerHour: limit.nullable().optional(),
});
export type AgentClientChange = z.infer<typeof agentClientChangeSchema>;
