import { z } from 'zod';
import { channelNameSchema, channelSchema } from './channels.ts';
import { ruleKindSchema } from './event.ts';

const timeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day such as 22:00');

/** A time of every day in the machine's zone. `from` after `to` goes over midnight. */
export const quietHoursSchema = z
  .object({ from: timeOfDay, to: timeOfDay })
  .refine(({ from, to }) => from !== to, { error: '"from" and "to" must differ' });
export type QuietHours = z.infer<typeof quietHoursSchema>;

/** Which events of which tasks go to which channels. */
export const alertRuleSchema = z.looseObject({
  events: z.array(ruleKindSchema).min(1),
  /** Tags, ids of groups and ids of tasks: any of them selects a task. All three absent: all tasks. */
  tags: z.array(z.string().min(1)).optional(),
  groups: z.array(z.string().min(1)).optional(),
  tasks: z.array(z.string().min(1)).optional(),
  channels: z.array(channelNameSchema).min(1),
  /** Alerts of a failure only after this many failures in a row. @default 1 */
  afterFailures: z.number().int().min(1).max(1000).optional(),
  /** Also alerts of a failure whose cause was already told and has not gone since. @default false */
  everyTime: z.boolean().optional(),
  /** Alerts wait until these hours are over. */
  quietHours: quietHoursSchema.optional(),
});
export type AlertRule = z.infer<typeof alertRuleSchema>;

/** Says regularly that this scheduler is alive. Only a running app or `serve` sends it. */
const heartbeatSchema = z.object({
  channels: z.array(channelNameSchema).min(1),
  /** In ms. @default 300000 */
  everyMs: z.number().int().min(60_000).optional(),
});

/** Tells regularly what ran, failed, was missed and is due. Any process sends it, once per period. */
export const digestSchema = z.object({
  channels: z.array(channelNameSchema).min(1),
  every: z.enum(['day', 'week']),
  /** A time of day in the machine's zone. @default 08:00 */
  at: timeOfDay.optional(),
  /** 1 is Monday, 7 is Sunday; of a weekly digest. @default 1 */
  weekday: z.number().int().min(1).max(7).optional(),
});
export type Digest = z.infer<typeof digestSchema>;

/** The field `alerts` of `config.json`. */
export const alertSettingsSchema = z.looseObject({
  channels: z.record(channelNameSchema, channelSchema).default({}),
  rules: z.array(alertRuleSchema).max(200).default([]),
  /**
   * Tasks by id whose alerts of any rule go to other channels; an empty list for none. They are not in `schedule.json`,
   * because agents change tasks.
   */
  overrides: z.record(z.string(), z.object({ channels: z.array(channelNameSchema) })).default({}),
  heartbeat: heartbeatSchema.optional(),
  digest: digestSchema.optional(),
});
export type AlertSettings = z.infer<typeof alertSettingsSchema>;
