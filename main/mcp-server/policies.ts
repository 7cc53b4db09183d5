import { z } from 'zod';
import { criteriaSchema } from '../contract/success.ts';
import { policiesSchema, type Policies } from '../contract/task.ts';

const { shape } = policiesSchema;
const retryShape = shape.retries.unwrap().shape;

const retryFields = {
  count: retryShape.count.describe('Retries after the first attempt, 0 to 100.'),
  delayMs: retryShape.delayMs.describe('Wait before the first retry, in ms. Default: 10000.'),
  backoff: retryShape.backoff.describe('Factor by which the wait grows with each retry. Default: 2.'),
  maxDelayMs: retryShape.maxDelayMs.describe('Longest wait, in ms. Default: 3600000.'),
  jitter: retryShape.jitter.describe('Share of each wait that is random, 0 to 1. Default: 0.1.'),
  exitCodes: retryShape.exitCodes.describe('Retry only after these exit codes. Default: after every failure.'),
} as const;

/** Publishes a schema by its type and description alone: the list of tools is read by models, and must stay short. */
function short(type: 'object' | 'array', description: string) {
  return { description, publishedAs: { type, description } };
}

const success = criteriaSchema.meta({
  publishedAs: {
    type: 'array',
    items: { type: 'object' },
    description:
      'What must hold for success, besides the exit code or status. Each is {"check":"contains"|"lacks","text":"ERROR"}, {"check":"matches"|"lacks-match","pattern":"(?i)error"}, {"check":"empty"|"not-empty"}, {"check":"json","path":"$.ok","is":"equals","value":true} (is: exists, missing, equals, differs, lacks, empty, below, above) or {"check":"file","path":"/x","youngerThanMs":60000,"minBytes":1}. Text checks take "in": output (default), stdout or stderr.',
  },
});

const simpleFields = {
  overlap: shape.overlap.describe(
    'If a slot is due during a run: skip it (default); buffer-one, buffer-all: run one or all of them afterwards; cancel-other: stop the earlier run; terminate-other: kill it; allow-all: run both.',
  ),
  catchUp: shape.catchUp.describe(
    'Missed slots (computer off) that run later: skip, none (default); once, the latest (default for a date); all.',
  ),
  catchUpWindowMs: shape.catchUpWindowMs.describe('Oldest missed slot that still runs, in ms. Default: 86400000.'),
  timeoutMs: shape.timeoutMs.describe('Stop a run after this many ms. Default: the setting, 300000 unless changed.'),
  memoryMb: shape.memoryMb.describe('Stop a run that uses more memory, in MiB. Default: no limit.'),
  outputLimitBytes: shape.outputLimitBytes.describe('Bytes of output kept in the log. Default: 10485760.'),
  nice: shape.nice.describe('Priority: 0 normal (default) to 19 lowest.'),
  pauseAfterFailures: shape.pauseAfterFailures.describe(
    'Pause the task after this many failures in a row. Default: never.',
  ),
  doubt: shape.doubt.describe(
    'A success whose output looks like a failure: mark (default) as doubtful, fail, or ignore.',
  ),
  lateAfterMs: shape.lateAfterMs.describe(
    'Notify if a slot has not started for this many ms. 0: never. Default: the setting.',
  ),
  longAfter: shape.longAfter.meta(
    short(
      'object',
      'Notify if a run takes longer: {"ms":600000}, or {"factor":3} times the usual. Default: the setting.',
    ),
  ),
  overdueAfterMs: shape.overdueAfterMs.describe(
    'Notify if no run has succeeded for this many ms. 0: never. Default: the setting.',
  ),
  jitterMs: shape.jitterMs.describe('Start up to this many ms after the slot, at random. Default: 0.'),
} as const;

const conditions = z
  .strictObject({ onACPower: z.boolean().optional(), online: z.boolean().optional() })
  .optional()
  .meta(short('object', 'Skip a slot unless these hold: {"onACPower":true,"online":true}. Default: none.'));

const calendars = z
  .strictObject(shape.calendars.unwrap().shape)
  .optional()
  .meta(
    short(
      'object',
      'Days left out, by the names of calendars: {"skipOn":["weekends"],"onlyOn":[],"dayOff":"skip"|"next"|"previous"}. Default: none.',
    ),
  );

const after = z
  .array(z.strictObject({ taskId: z.string().min(1), on: z.enum(['success', 'failure', 'end']) }))
  .optional()
  .meta(
    short(
      'array',
      'Also run when these tasks end: [{"taskId":"…","on":"success"|"failure"|"end"}]. The run has NCP_AFTER_STATUS, NCP_AFTER_ERROR, NCP_AFTER_LOG, …; parameters of http:request and MCP tools take values of the run before by {"$from":"/result/…"}. Default: none.',
    ),
  );

/** The policies of a new task. Fields that do not exist are refused by name. */
export const newPolicies = z
  .strictObject({
    ...simpleFields,
    ...{ conditions, calendars, after, success: success.optional() },
    retries: z.strictObject(retryFields).optional().describe('Further attempts after a failure. Default: none.'),
  })
  .describe('What happens on overlap, failure, missed slots and limits.');

const nullable = <T extends Readonly<Record<string, z.ZodType>>>(fields: T) =>
  Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.nullable().optional()])) as {
    [K in keyof T]: z.ZodOptional<z.ZodNullable<T[K]>>;
  };

/** Policies to change: those that are not given stay, and null resets one to its default. */
export const changedPolicies = z
  .strictObject({
    ...nullable({ ...simpleFields, conditions, calendars, after, success }),
    retries: z.strictObject(nullable(retryFields)).nullable().optional(),
  })
  .nullable()
  .meta({
    publishedAs: {
      type: ['object', 'null'],
      description:
        'Policies to change, as in create. Those that are not given stay; null resets one, or all of them, to the default.',
    },
  });

type Fields = Readonly<Record<string, unknown>>;

/** Returns the stored policies with the given changes, so that a change of one policy keeps the others. */
export function mergedPolicies(stored: Policies | undefined, given: z.output<typeof changedPolicies>): Policies | null {
  if (given === null) return null;
  const { retries, ...others } = given;
  const merged = withoutNulls({ ...stored, ...withoutUndefined(others) });
  if (retries === undefined) return merged;
  if (retries !== null) return { ...merged, retries: mergedRetries(stored?.retries, retries) };
  const { retries: _retries, ...rest } = merged;
  return rest;
}

function mergedRetries(stored: Policies['retries'], given: Fields): Policies['retries'] {
  // A missing count is refused where the change is read, with the name of the field.
  return withoutNulls({ ...stored, ...withoutUndefined(given) }) as Policies['retries'];
}

function withoutNulls(fields: Fields): Policies {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}

function withoutUndefined(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
