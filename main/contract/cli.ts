import { z } from 'zod';
import { agentClientSchema } from './agents.ts';
import { backupSchema, restoreResultSchema } from './backups.ts';
import { changeSchema, undoResultSchema } from './history.ts';
import { migrateResultSchema } from './migration.ts';
import { osEntryChangeSchema, osEntrySchema } from './os-entries.ts';
import { executionSchema, slotRecordSchema } from './execution.ts';
import { proposalSchema, proposalViewSchema } from './proposal.ts';
import { scheduleAnswerSchema } from './schedule-answer.ts';
import { osSchedulerKindSchema } from './settings.ts';
import { exportDocumentSchema, importReportSchema } from './transfer.ts';
import { toolSchema } from './tool.ts';
import { instantSchema, scheduleFileSchema, taskViewSchema, timingViewSchema } from './task.ts';

export const doctorCheckSchema = z.object({
  /** `group/word`, stable. */
  id: z.string(),
  title: z.string(),
  status: z.enum(['ok', 'warning', 'problem']),
  /** What was found, and what to do where it is not well. */
  message: z.string(),
  /** `doctor --fix` can put it right. */
  fixable: z.boolean(),
  /** Set by `--fix`. */
  fixed: z.boolean().optional(),
  details: z.record(z.string(), z.unknown()).optional(),
});
export type DoctorCheck = z.infer<typeof doctorCheckSchema>;

const pausedSchema = scheduleFileSchema.shape.paused.unwrap();
const oneTask = z.object({ task: taskViewSchema });
const oneExecution = z.object({ execution: executionSchema });

const createdSchema = z.object({
  task: taskViewSchema,
  timing: timingViewSchema,
  /** The next five. */
  nextRuns: z.array(instantSchema),
  warnings: z.array(z.string()),
  /** With `--test-run`: the run that was asked for. */
  testRun: executionSchema.optional(),
});

/** What each command answers with `--json`, beside `ok: true`. */
export const cliResults = {
  create: createdSchema,
  /** As `create`; without a line only that the window was opened. */
  'quick-add': z.union([createdSchema, z.object({ opened: z.literal(true) })]),
  list: z.object({ tasks: z.array(taskViewSchema) }),
  get: z.object({ task: taskViewSchema, timing: timingViewSchema, nextRuns: z.array(instantSchema) }),
  update: z.object({ task: taskViewSchema, warnings: z.array(z.string()), testRun: executionSchema.optional() }),
  pause: oneTask,
  resume: oneTask,
  delete: oneTask,
  'skip-next': oneTask,
  'pause-all': z.object({ paused: pausedSchema.nullable() }),
  'resume-all': z.object({ paused: pausedSchema.nullable() }),
  trigger: oneExecution,
  cancel: oneExecution,
  timings: z.object({ timings: z.array(timingViewSchema) }),
  executions: z.object({ executions: z.array(executionSchema), total: z.number().int() }),
  log: z.object({
    executionId: z.string(),
    log: z.string(),
    /** True where output was left out: the log's own size limit was reached. */
    truncated: z.boolean(),
  }),
  why: z.object({ slots: z.array(slotRecordSchema) }),
  history: z.object({ changes: z.array(changeSchema) }),
  undo: undoResultSchema,
  backups: z.object({ backups: z.array(backupSchema) }),
  restore: restoreResultSchema,
  migrate: migrateResultSchema,
  parse: scheduleAnswerSchema,
  next: z.object({ slots: z.array(instantSchema) }),
  'os list': z.object({ entries: z.array(osEntrySchema) }),
  'os sync': z.object({ changes: z.array(osEntryChangeSchema) }),
  'os preview': z.object({
    kind: osSchedulerKindSchema,
    artifacts: z.array(z.object({ path: z.string(), content: z.string() })),
    covers: z.enum(['exact', 'superset']),
    notes: z.array(z.string()),
  }),
  doctor: z.object({ checks: z.array(doctorCheckSchema) }),
  cleanup: z.object({
    /** Removed, with their logs. */
    executions: z.number().int(),
    /** Executions that lost only their log: all logs together were too much. */
    logs: z.number().int(),
    /** Log files of no known execution. */
    strayLogs: z.number().int(),
    /** Old claims and decisions. */
    slots: z.number().int(),
    /** Old entries of the history of changes. */
    changes: z.number().int(),
    /** Files that could not be deleted. */
    failures: z.array(z.object({ path: z.string(), message: z.string() })),
  }),
  export: z.object({
    /** Absolute path of what was written; null where it went to standard output. */
    file: z.string().nullable(),
    /** How many tasks are in it. */
    tasks: z.number().int(),
    /** The whole file, where it was not written to one. */
    document: exportDocumentSchema.optional(),
    /** Values that were left out, by the references that stand in their place. */
    secrets: exportDocumentSchema.shape.secrets,
    warnings: z.array(z.string()),
    /** With --group: what the other scheduler needs. */
    artifacts: z.array(z.object({ path: z.string(), content: z.string() })).optional(),
  }),
  import: importReportSchema.extend({ dryRun: z.boolean() }),
  tools: z.object({
    tools: z.array(toolSchema),
    unavailable: z.array(z.object({ server: z.string(), message: z.string() })),
  }),
  proposals: z.object({ proposals: z.array(proposalViewSchema), total: z.number().int() }),
  approve: z.object({
    proposal: proposalSchema,
    task: taskViewSchema.optional(),
    execution: executionSchema.optional(),
    warnings: z.array(z.string()),
  }),
  reject: z.object({ proposal: proposalSchema }),
  'clients list': z.object({ clients: z.array(agentClientSchema) }),
  'clients set': z.object({ client: agentClientSchema }),
  'clients undo': undoResultSchema,
  'clients revoke': z.object({
    client: agentClientSchema,
    /** Changes of it that waited and are rejected now. */
    rejected: z.number().int(),
  }),
  run: z.looseObject({}),
  completion: z.object({ shell: z.string(), script: z.string() }),
  '_timing-run': z.object({ timingId: z.string(), executions: z.array(executionSchema) }),
  '_task-execute': oneExecution,
} as const;
export type CliCommandWithResult = keyof typeof cliResults;
export type CliResult<C extends CliCommandWithResult> = z.input<(typeof cliResults)[C]>;
