import { z } from 'zod';
import { channelNameSchema, channelSchema } from '../alerts/channels.ts';
import {
  alertFilterSchema,
  alertTestSchema,
  alertsAnswerSchema,
  removedChannelSchema,
  sentAlertSchema,
} from '../alerts/outbox.ts';
import { alertSettingsSchema } from '../alerts/rules.ts';
import { nothing } from './inputs.ts';

/** Calls for alerts: messages that leave the machine. None of them returns the value of a secret. */
export const alertCalls = {
  'alerts.list': { input: nothing, output: alertsAnswerSchema },
  /** Adds a channel or replaces it. Plain text in a field of `secretFields` is stored as a secret first. */
  'alerts.setChannel': {
    input: z.object({ name: channelNameSchema, channel: channelSchema }),
    output: alertsAnswerSchema,
  },
  /** Removes a channel from the settings and from every rule. A rule without channels is removed. */
  'alerts.removeChannel': { input: z.object({ name: channelNameSchema }), output: removedChannelSchema },
  /** Changes what is given and keeps the rest. `null` removes the heartbeat or the digest. */
  'alerts.configure': {
    input: z.object({
      rules: alertSettingsSchema.shape.rules.unwrap().optional(),
      overrides: alertSettingsSchema.shape.overrides.unwrap().optional(),
      heartbeat: alertSettingsSchema.shape.heartbeat.unwrap().nullable().optional(),
      digest: alertSettingsSchema.shape.digest.unwrap().nullable().optional(),
    }),
    output: alertsAnswerSchema,
  },
  /** Sends a test to a stored channel, or to one that is not saved yet, and waits for the answer. */
  'alerts.test': {
    input: z.union([z.object({ name: channelNameSchema }), z.object({ channel: channelSchema })]),
    output: alertTestSchema,
  },
  /** Alerts that wait, were sent or were dropped, newest first. */
  'alerts.sent': {
    input: alertFilterSchema,
    output: z.object({ alerts: z.array(sentAlertSchema), total: z.number().int() }),
  },
  /** Tries an alert again at once, or all that wait or were dropped of a channel. Returns how many. */
  'alerts.retry': {
    input: z.union([z.object({ id: z.string() }), z.object({ channel: channelNameSchema })]),
    output: z.object({ retried: z.number().int() }),
  },
} as const;
