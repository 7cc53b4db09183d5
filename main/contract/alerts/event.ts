import { z } from 'zod';
import { instantSchema } from '../task.ts';

/**
 * What happened. `started` and `succeeded` are for services that wait for a ping; nobody else wants them.
 * `failed`: no retry follows. `doubtful`: a success whose output looks like a failure. `recovered`: the first success after
 * a failure. `changed`: what a task looks at has changed, and the task only tells it. `late`, `long`, `overdue`, `budget`, `credentials`: as `attentionKindSchema`. `paused`: paused after failures. `drift`: an entry of the
 * OS scheduler differs from its group. `proposal`: an agent waits for approval. `heartbeat`, `digest`: sent by time.
 * `test`: a person tries the channel.
 */
const alertKinds = [
  'started',
  'succeeded',
  'failed',
  'doubtful',
  'recovered',
  'changed',
  'missed',
  'late',
  'long',
  'overdue',
  'budget',
  'credentials',
  'paused',
  'drift',
  'proposal',
  'heartbeat',
  'digest',
  'test',
] as const;
export const alertKindSchema = z.enum(alertKinds);
export type AlertKind = z.infer<typeof alertKindSchema>;

/** The kinds that a rule can select. */
export const ruleKindSchema = alertKindSchema.exclude(['heartbeat', 'digest', 'test']);
export type RuleKind = z.infer<typeof ruleKindSchema>;

const runSchema = z.object({
  id: z.string(),
  status: z.string(),
  trigger: z.string(),
  slot: instantSchema.nullable(),
  attempt: z.number().int(),
  startedAt: instantSchema,
  completedAt: instantSchema.nullable(),
  durationMs: z.number().nullable(),
  exitCode: z.number().nullable(),
  /** `line` is the line of output that decided the failure or the doubt. */
  error: z.object({ code: z.string(), message: z.string(), line: z.string().optional() }).nullable(),
});

/**
 * What a webhook and a command receive, as JSON. The schema is a promise: fields are added within version 1, but none is
 * removed and none changes its meaning.
 */
export const alertEventSchema = z.object({
  schema: z.literal('ncp-scheduler.alert/1'),
  /** The same for every attempt to send this alert. A receiver that knows it has it already. */
  id: z.string(),
  kind: alertKindSchema,
  /** When it happened. */
  at: instantSchema,
  /** One line for people. */
  title: z.string(),
  /** One or more sentences for people. */
  message: z.string(),
  /** Host name of the machine. */
  machine: z.string(),
  task: z
    .object({ id: z.string(), name: z.string(), group: z.string().nullable(), tags: z.array(z.string()) })
    .nullable(),
  run: runSchema.nullable(),
  /** The end of the run's log, or null. */
  output: z.string().nullable(),
  /** How long after `at` it is sent, in ms, if that is more than a minute; else null. */
  lateMs: z.number().nullable(),
  /** An earlier attempt may have arrived: its process died, or the receiver did not answer. */
  possiblyTwice: z.boolean(),
});
export type AlertEvent = z.infer<typeof alertEventSchema>;
