import { z } from 'zod';
import { criteriaSchema } from '../contract/success.ts';
import { policiesSchema, type Policies } from '../contract/task.ts';

const { shape } = policiesSchema;
const retryShape = shape.retries.unwrap().shape;

/** Publishes a schema by its type and description alone: the list of tools is read by models, and must stay short. */
function short(type: 'object' | 'array', description: string) {
  return { description, publishedAs: { type, description } };
}

const success = criteriaSchema.meta({
  publishedAs: {
    type: 'array',
    items: { type: 'object' },
    description:
      'What must hold for success. Each is {"check":"contains"|"lacks","text":"ERROR"}, {"check":"matches"|"lacks-match","pattern":"(?i)error"}, {"check":"empty"|"not-empty"}, {"check":"json","path":"$.ok","is":"equals","value":true} (is: exists, missing, equals, differs, lacks, empty, below, above) or {"check":"file","path":"/x","youngerThanMs":60000,"minBytes":1}. Text checks take "in": output (default), stdout or stderr.',
  },
});

const simpleFields = {
  overlap: shape.overlap.describe(
    'If a slot is due during a run: skip it (default), run it afterwards (buffer-one, buffer-all), stop or kill the earlier run (cancel-other, terminate-other), or run both (allow-all).',
  ),
  catchUp: shape.catchUp.describe(
    'Missed slots (computer off) that run later: none (skip, default), the latest (once, default for a date) or all.',
  ),
  catchUpWindowMs: shape.catchUpWindowMs.describe('Age of the oldest missed slot that still runs. Default: 86400000.'),
  timeoutMs: shape.timeoutMs.describe('Stop a run after this. Default: the setting, 300000 unless changed.'),
  memoryMb: shape.memoryMb.describe('Stop a run that uses more memory.'),
  maxProcesses: shape.maxProcesses.describe('Stop a run with more processes at once.'),
  outputLimitBytes: shape.outputLimitBytes.describe('Bytes of output kept in the log. Default: 10485760.'),
  nice: shape.nice.describe('Priority: 0 normal (default) to 19 lowest.'),
  worker: shape.worker.describe('Worker process of shell and HTTP runs. Default: shared.'),
  ifLost: shape.ifLost.describe('If the fleet member that runs it is lost. Default: leave.'),
  pauseAfterFailures: shape.pauseAfterFailures.describe('Pause after this many failures in a row.'),
  doubt: shape.doubt.describe('A success whose output looks like a failure. Default: mark.'),
  lateAfterMs: shape.lateAfterMs.describe('Notify if a slot starts later than this. 0: never.'),
  longAfter: shape.longAfter.meta(
    short('object', 'Notify if a run takes longer: {"ms":600000}, or {"factor":3} times the usual.'),
  ),
  overdueAfterMs: shape.overdueAfterMs.describe('Notify if no run has succeeded for this. 0: never.'),
  jitterMs: shape.jitterMs.describe('Random delay after the slot, at most.'),
} as const;

const conditions = z
  .strictObject({ onACPower: z.boolean().optional(), online: z.boolean().optional() })
  .optional()
  .meta(short('object', 'Skip a slot unless these hold: {"onACPower":true,"online":true}.'));

const calendars = z
  .strictObject(shape.calendars.unwrap().shape)
  .optional()
  .meta(
    short(
      'object',
      'Days left out, by names of calendars: {"skipOn":["weekends"],"onlyOn":[],"dayOff":"skip"|"next"|"previous"}.',
    ),
  );

const amounts = shape.budget.unwrap().shape.perDay.unwrap().shape;
const budget = z
  .strictObject({ perDay: z.strictObject(amounts).optional(), perMonth: z.strictObject(amounts).optional() })
  .optional()
  .meta(
    short('object', 'Skip slots once used up: {"perDay":{"runs":3},"perMonth":{"minutes":120,"cost":5}}; cost in US$.'),
  );

const after = z
  .array(z.strictObject({ taskId: z.string().min(1), on: z.enum(['success', 'failure', 'end']) }))
  .optional()
  .meta(
    short(
      'array',
      'Also run when these tasks end: [{"taskId":"…","on":"success"|"failure"|"end"}]. The run has NCP_AFTER_STATUS, NCP_AFTER_ERROR, NCP_AFTER_LOG; parameters of other tools than shell:run take values of the run before: {"$from":"/result/…"}.',
    ),
  );

const probe = z
  .strictObject(shape.probe.unwrap().shape)
  .optional()
  .meta(
    short(
      'object',
      'Look first, and run only if the answer changed: {"tool":"http:request","parameters":{"url":"…"},"path":"$.id","pattern":"RE2","ignore":["RE2"],"then":"run"|"tell","first":"record"|"run"}. A command reads $NCP_CHANGE/change.diff; other parameters take {"$from":"/change/diff"}. Only {"then":"tell"}: tell when the answer of the task itself changes.',
    ),
  );

/** The policies of a new task. Fields that do not exist are refused by name. */
export const newPolicies = z
  .strictObject({
    ...simpleFields,
    ...{ conditions, calendars, budget, probe, after, success: success.optional() },
    retries: z
      .strictObject(retryShape)
      .optional()
      .meta(
        short(
          'object',
          'Attempts after a failure: {"count":2}, at most 100. All fields: {"count":2,"delayMs":10000,"backoff":2,"maxDelayMs":3600000,"jitter":0.1,"exitCodes":[75]}; backoff: factor by which the wait grows; jitter: random share of it; exitCodes: retry only after these. Defaults as shown, but for exitCodes: all.',
        ),
      ),
  })
  .describe('What happens on overlap, failure, missed slots and limits. …Ms: milliseconds.');

const nullable = <T extends Readonly<Record<string, z.ZodType>>>(fields: T) =>
  Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.nullable().optional()])) as {
    [K in keyof T]: z.ZodOptional<z.ZodNullable<T[K]>>;
  };

/** Policies to change: those that are not given stay, and null resets one to its default. */
export const changedPolicies = z
  .strictObject({
    ...nullable({ ...simpleFields, conditions, calendars, budget, probe, after, success }),
    retries: z.strictObject(nullable(retryShape)).nullable().optional(),
  })
  .nullable()
  .meta({
    publishedAs: {
      type: ['object', 'null'],
      description: 'As in create. Those that are not given stay; null resets one, or all.',
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
