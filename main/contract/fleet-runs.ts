import { z } from 'zod';
import { executionSchema, executionStatusSchema } from './execution.ts';
import { instantSchema } from './task.ts';

/** A run of a shared task, as its member reports it to the fleet: without parameters, result and files. */
export const reportedRunSchema = executionSchema.pick({
  executionId: true,
  taskId: true,
  taskName: true,
  tool: true,
  trigger: true,
  slot: true,
  attempt: true,
  startedAt: true,
  completedAt: true,
  duration: true,
  status: true,
  exitCode: true,
  error: true,
  logBytes: true,
});
export type ReportedRun = z.infer<typeof reportedRunSchema>;

export const fleetRunSchema = reportedRunSchema.extend({
  memberId: z.string(),
  /** Name of the member that ran it. */
  member: z.string(),
});
export type FleetRun = z.infer<typeof fleetRunSchema>;

export const fleetRunFilterSchema = z.object({
  taskId: z.string().optional(),
  /** Id or name of a member. */
  member: z.string().optional(),
  status: executionStatusSchema.optional(),
  since: instantSchema.optional(),
  limit: z.number().int().min(1).max(1000).default(50),
  offset: z.number().int().min(0).default(0),
});
export type FleetRunFilter = z.infer<typeof fleetRunFilterSchema>;
