import { z } from 'zod';
import { budgetSchema } from './budget.ts';

/** What an agent may do: nothing; read; read and propose changes that a person approves; change and run. */
export const agentPermissionSchema = z.enum(['none', 'read-only', 'ask', 'allow']);
export type AgentPermission = z.infer<typeof agentPermissionSchema>;

const limit = z.number().int().nonnegative();

/** The settings of one agent, stored under the agent's own name. An absent field has its default. */
const agentClientSettingsSchema = z.looseObject({
  permission: agentPermissionSchema.optional(),
  /** Most tasks it may own: tasks that it created and that still exist. */
  maxTasks: limit.optional(),
  /** Most manual and test runs in any sixty minutes. */
  runsPerHour: limit.optional(),
  /** What the tasks that it created may use together. */
  budget: budgetSchema.optional(),
  /** When a person revoked its access. It then cannot read either. */
  revokedAt: z.string().optional(),
});
export type AgentClientSettings = z.infer<typeof agentClientSettingsSchema>;

/** `agents` in `config.json`. */
export const agentSettingsSchema = z.looseObject({
  /** The permission of an agent that nobody has decided about. */
  permission: agentPermissionSchema.default('ask'),
  maxTasks: limit.default(50),
  runsPerHour: limit.default(30),
  clients: z.record(z.string(), agentClientSettingsSchema).default({}),
  /** What the tasks of all agents may use together. */
  totalBudget: budgetSchema.optional(),
});

/** An agent as people see it. */
export const agentClientSchema = z.object({
  name: z.string(),
  /** Its version at the last connection; null for an agent that the settings name but that never connected. */
  version: z.string().nullable(),
  /** Every version it connected with, the latest first. */
  versions: z.array(z.string()),
  firstSeenAt: z.string().nullable(),
  lastSeenAt: z.string().nullable(),
  permission: agentPermissionSchema,
  /** False if nobody has decided about the agent, so that its permission is the default. */
  decided: z.boolean(),
  revokedAt: z.string().nullable(),
  maxTasks: limit,
  runsPerHour: limit,
  /** What its tasks may use together; null for no limit. */
  budget: budgetSchema.nullable(),
  /** Number of tasks that it owns now. */
  tasks: z.number().int(),
  runsLastHour: z.number().int(),
  /** Number of its pending proposals. */
  pending: z.number().int(),
});
export type AgentClient = z.infer<typeof agentClientSchema>;

/** What a person can change about an agent. `null` resets a limit to its default. */
export const agentClientChangeSchema = z.object({
  permission: agentPermissionSchema.optional(),
  maxTasks: limit.nullable().optional(),
  runsPerHour: limit.nullable().optional(),
  budget: budgetSchema.nullable().optional(),
});
export type AgentClientChange = z.infer<typeof agentClientChangeSchema>;
