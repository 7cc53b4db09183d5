import { lintReportSchema } from './lint.ts';
import { z } from 'zod';
import { attentionSchema } from './attention.ts';
import { agentClientSchema } from './agents.ts';
import { backfillResultSchema } from './backfill.ts';
import { backupSchema, restoreResultSchema } from './backups.ts';
import { cleanupResultSchema } from './cleanup.ts';
import { changeSchema, undoResultSchema } from './history.ts';
import { insightsSchema } from './insights.ts';
import { taskUsageSchema } from './budget.ts';
import { calendarDaySchema, calendarViewSchema } from './calendars.ts';
import { fleetRunSchema } from './fleet-runs.ts';
import { fleetMemberViewSchema, fleetStateSchema } from './fleet.ts';
import { installationKindSchema } from './installation.ts';
import { alertsAnswerSchema, alertTestSchema, removedChannelSchema, sentAlertSchema } from './alerts/outbox.ts';
import { machineTestSchema } from './machines.ts';
import { migrateResultSchema } from './migration.ts';
import { osEntryChangeSchema, osEntrySchema, osPreviewSchema } from './os-entries.ts';
import { executionSchema, slotRecordSchema } from './execution.ts';
import { proposalSchema, proposalViewSchema } from './proposal.ts';
import { scheduleAnswerSchema } from './schedule-answer.ts';
import { otherJobsSchema } from './other-jobs.ts';
import { secretSchema, secretsAnswerSchema } from './secrets.ts';
import { keptServersAnswerSchema } from './kept-servers.ts';
import { serverSignInSchema, signInsAnswerSchema } from './sign-in.ts';
import { webTokenSchema } from './web-tokens.ts';
import { exportDocumentSchema, importReportSchema } from './transfer.ts';
import { toolSchema } from './tool.ts';
import { instantSchema, scheduleFileSchema, taskViewSchema, timingViewSchema } from './task.ts';
import { uninstallResultSchema } from './uninstall.ts';
import { environmentReportSchema, environmentVariableSchema } from './test-run.ts';

export const doctorCheckSchema = z.object({
  /** `group/word`, stable. */
  id: z.string(),
  title: z.string(),
  status: z.enum(['ok', 'warning', 'problem']),
  /** What was found and, if there is a problem, what to do. */
  message: z.string(),
  /** `doctor --fix` can fix it. */
  fixable: z.boolean(),
  /** Present with `--fix`. */
  fixed: z.boolean().optional(),
  details: z.record(z.string(), z.unknown()).optional(),
});
export type DoctorCheck = z.infer<typeof doctorCheckSchema>;

const pausedSchema = scheduleFileSchema.shape.paused.unwrap();
const oneTask = z.object({ task: taskViewSchema });
const oneExecution = z.object({ execution: executionSchema });

/** One setting; `value` is null if it is not set. */
const settingSchema = z.object({ name: z.string(), value: z.unknown(), isDefault: z.boolean() });

const createdSchema = z.object({
  task: taskViewSchema,
  timing: timingViewSchema,
  /** The next five. */
  nextRuns: z.array(instantSchema),
  warnings: z.array(z.string()),
  usage: taskUsageSchema,
  /** The test run, with `--test-run`. */
  testRun: executionSchema.optional(),
});

const recipeSchema = z.object({
  ...{ name: z.string(), title: z.string(), does: z.string(), needs: z.string().nullable(), succeeds: z.string() },
  fields: z.array(
    z.object({ name: z.string(), label: z.string(), hint: z.string(), example: z.string(), isOptional: z.boolean() }),
  ),
});

const listedMachineSchema = z.object({
  name: z.string(),
  host: z.string(),
  /** Null if not set, as the fields below. */
  program: z.string().nullable(),
  dataDir: z.string().nullable(),
  colour: z.string().nullable(),
  notify: z.boolean(),
});

/** What each command answers with `--json`, besides `ok: true`. */
export const cliResults = {
  'calendars list': z.object({ calendars: z.array(calendarViewSchema) }),
  'calendars show': z.object({ calendar: calendarViewSchema, days: z.array(calendarDaySchema) }),
  'calendars add': z.object({ calendar: calendarViewSchema }),
  'calendars remove': z.object({ calendar: calendarViewSchema }),
  'calendars refresh': z.object({ calendars: z.array(calendarViewSchema) }),
  'alerts list': alertsAnswerSchema,
  'alerts add': alertsAnswerSchema,
  'alerts edit': alertsAnswerSchema,
  'alerts remove': removedChannelSchema,
  'alerts add-rule': alertsAnswerSchema,
  'alerts remove-rule': alertsAnswerSchema,
  'alerts task': alertsAnswerSchema,
  'alerts heartbeat': alertsAnswerSchema,
  'alerts digest': alertsAnswerSchema,
  'alerts test': z.object({ test: alertTestSchema }),
  'alerts sent': z.object({ alerts: z.array(sentAlertSchema), total: z.number().int() }),
  'alerts retry': z.object({ retried: z.number().int() }),
  'machines list': z.object({ machines: z.array(listedMachineSchema), suggestions: z.array(z.string()) }),
  'machines add': z.object({ machine: listedMachineSchema }),
  'machines remove': z.object({ removed: z.string() }),
  'machines test': z.object({ test: machineTestSchema }),
  'fleet init': z.object({
    fleet: z
      .object({ id: z.string(), schemaVersion: z.number().int(), leaseMs: z.number().int(), address: z.string() })
      .nullable(),
    script: z.string().nullable(),
  }),
  'fleet join': z.object({
    fleet: fleetStateSchema,
    accepted: z.array(z.string()),
    /** Names of the paused copies of local tasks that the fleet has in another version. */
    kept: z.array(z.string()),
  }),
  'fleet runs': z.object({ runs: z.array(fleetRunSchema), more: z.boolean() }),
  'fleet log': z.object({ executionId: z.string(), log: z.string(), complete: z.boolean() }),
  'fleet status': z.object({ fleet: fleetStateSchema.nullable() }),
  'fleet members': z.object({ members: z.array(fleetMemberViewSchema) }),
  'fleet accept': z.object({
    member: fleetMemberViewSchema.nullable(),
    kept: z.array(z.string()),
    withdrawn: z.array(z.object({ name: z.string(), fingerprint: z.string() })),
  }),
  'fleet drain': z.object({ member: fleetMemberViewSchema }),
  'fleet remove': z.object({ member: fleetMemberViewSchema }),
  'fleet leave': z.object({ told: z.boolean(), problem: z.string().nullable(), tasks: z.array(z.string()) }),
  share: z.object({ task: taskViewSchema, warnings: z.array(z.string()) }),
  unshare: z.object({ task: taskViewSchema }),
  create: createdSchema,
  /** As `create`. Without a line the command only opens the window. */
  'quick-add': z.union([createdSchema, z.object({ opened: z.literal(true) })]),
  'recipes list': z.object({ recipes: z.array(recipeSchema) }),
  'recipes create': createdSchema,
  list: z.object({ tasks: z.array(taskViewSchema) }),
  get: z.object({
    task: taskViewSchema,
    timing: timingViewSchema,
    nextRuns: z.array(instantSchema),
    usage: taskUsageSchema,
  }),
  update: z.object({
    task: taskViewSchema,
    warnings: z.array(z.string()),
    testRun: executionSchema.optional(),
    usage: taskUsageSchema,
  }),
  pause: oneTask,
  resume: oneTask,
  delete: oneTask,
  'forget-seen': oneTask,
  'skip-next': oneTask,
  'pause-all': z.object({ paused: pausedSchema.nullable() }),
  'resume-all': z.object({ paused: pausedSchema.nullable() }),
  trigger: oneExecution,
  /** With `dryRun` nothing ran. */
  backfill: backfillResultSchema.extend({
    dryRun: z.boolean(),
    /** Why the period has no slot at all. Absent if it has one. */
    hint: z.string().optional(),
  }),
  cancel: oneExecution,
  groups: z.object({ timings: z.array(timingViewSchema) }),
  runs: z.object({ executions: z.array(executionSchema), total: z.number().int() }),
  log: z.object({
    executionId: z.string(),
    log: z.string(),
    /** True if output was left out because the log reached its size limit. */
    truncated: z.boolean(),
  }),
  insights: insightsSchema,
  metrics: z.object({ file: z.string().nullable(), metrics: z.string().optional() }),
  why: z.object({
    slots: z.array(slotRecordSchema),
    /** What about the task needs attention now: it is late, takes too long or is overdue. */
    attention: z.array(attentionSchema),
  }),
  history: z.object({ changes: z.array(changeSchema) }),
  undo: undoResultSchema,
  backups: z.object({ backups: z.array(backupSchema) }),
  restore: restoreResultSchema,
  migrate: migrateResultSchema,
  parse: scheduleAnswerSchema,
  next: z.object({
    slots: z.array(instantSchema),
    /** When a group that events start runs next, such as `at the next login`. */
    nextEvent: z.string().optional(),
    /** Beside `nextEvent`: whether all active tasks of the group skip that event. */
    skipsNextEvent: z.boolean().optional(),
  }),
  /** `passed`: no errors, and with `--strict` no warnings. */
  lint: lintReportSchema.extend({ passed: z.boolean() }),
  'os list': z.object({ entries: z.array(osEntrySchema) }),
  'os sync': z.object({ changes: z.array(osEntryChangeSchema) }),
  'os remove': z.object({ changes: z.array(osEntryChangeSchema) }),
  'os preview': osPreviewSchema,
  'os others': otherJobsSchema,
  'environment show': environmentReportSchema.extend({ variables: z.array(environmentVariableSchema) }),
  'environment compare': environmentReportSchema,
  'environment refresh': environmentReportSchema,
  'servers list': signInsAnswerSchema,
  'servers kept': keptServersAnswerSchema,
  'servers end': keptServersAnswerSchema.extend({ server: z.string() }),
  'servers sign-in': z.object({ signIn: serverSignInSchema.nullable() }),
  'servers sign-out': z.object({ server: z.string(), note: z.string().nullable() }),
  'secrets list': secretsAnswerSchema,
  'secrets set': z.object({ secret: secretSchema, note: z.string().nullable() }),
  'secrets remove': z.object({ name: z.string() }),
  'web tokens': z.object({ tokens: z.array(webTokenSchema) }),
  'web create-token': z.object({ secret: z.string(), token: webTokenSchema }),
  'web revoke-token': z.object({ token: webTokenSchema }),
  'settings list': z.object({ settings: z.array(settingSchema) }),
  'settings set': z.object({ setting: settingSchema }),
  doctor: z.object({ checks: z.array(doctorCheckSchema) }),
  cleanup: cleanupResultSchema,
  export: z.object({
    /** Absolute path of what was written; null for standard output. */
    file: z.string().nullable(),
    /** Number of exported tasks. */
    tasks: z.number().int(),
    /** The whole export, if it was not written to a file. */
    document: exportDocumentSchema.optional(),
    /** With `--as ical` and without `--out`: the calendar. */
    calendar: z.string().optional(),
    /** The secret values that were left out, and the references that replace them. */
    secrets: exportDocumentSchema.shape.secrets,
    warnings: z.array(z.string()),
    /** The files for the other scheduler, with `--group`. */
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
    /** The runs of a backfill. */
    executions: z.array(executionSchema).optional(),
    warnings: z.array(z.string()),
  }),
  reject: z.object({ proposal: proposalSchema }),
  'agents list': z.object({ clients: z.array(agentClientSchema) }),
  'agents set': z.object({ client: agentClientSchema }),
  'agents undo': undoResultSchema,
  'agents revoke': z.object({
    client: agentClientSchema,
    /** The agent's pending proposals, which are now rejected. */
    rejected: z.number().int(),
  }),
  upgrade: z.object({
    kind: installationKindSchema,
    path: z.string(),
    version: z.string(),
    newest: z.string().nullable(),
    /** Why the newest version is not known. */
    problem: z.string().nullable(),
    /** Commands, or a sentence. */
    steps: z.array(z.string()),
  }),
  uninstall: uninstallResultSchema,
  run: z.looseObject({}),
  completion: z.object({ shell: z.string(), script: z.string() }),
  '_timing-run': z.object({ timingId: z.string(), executions: z.array(executionSchema) }),
  '_task-execute': oneExecution,
} as const;
export type CliCommandWithResult = keyof typeof cliResults;
export type CliResult<C extends CliCommandWithResult> = z.input<(typeof cliResults)[C]>;
/** What a program reads of each command with `--json`, besides `ok: true`. */
export type CliAnswers = { [C in CliCommandWithResult]: z.infer<(typeof cliResults)[C]> };
