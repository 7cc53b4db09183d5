import { z } from 'zod';
import { instantSchema } from '../task.ts';
import { channelNameSchema } from './channels.ts';
import { alertKindSchema } from './event.ts';
import { alertSettingsSchema } from './rules.ts';

/**
 * `waiting`: will be sent at `dueAt`. `sending`: a process sends it now. `sent`: the receiver took it. `dropped`: given up;
 * `error` says why.
 */
export const alertStateSchema = z.enum(['waiting', 'sending', 'sent', 'dropped']);
export type AlertState = z.infer<typeof alertStateSchema>;

/** One alert for one channel. */
export const sentAlertSchema = z.object({
  id: z.string(),
  channel: channelNameSchema,
  kind: alertKindSchema,
  taskId: z.string().nullable(),
  executionId: z.string().nullable(),
  title: z.string(),
  state: alertStateSchema,
  createdAt: instantSchema,
  /** When it is or was to be sent next. */
  dueAt: instantSchema,
  /** How often it was tried. */
  attempts: z.number().int(),
  /** When it was sent or dropped. */
  endedAt: instantSchema.nullable(),
  /** What went wrong at the last attempt, with the receiver's words; null if nothing did. */
  error: z.string().nullable(),
  /** The receiver may have got it twice. */
  possiblyTwice: z.boolean(),
});
export type SentAlert = z.infer<typeof sentAlertSchema>;

export const alertFilterSchema = z.object({
  channel: z.string().optional(),
  state: alertStateSchema.optional(),
  taskId: z.string().optional(),
  limit: z.number().int().min(1).max(500).default(50),
  offset: z.number().int().min(0).default(0),
});
export type AlertFilter = z.infer<typeof alertFilterSchema>;

/** A channel as lists show it. */
const channelStateSchema = z.object({
  name: channelNameSchema,
  /** How many alerts wait. */
  waiting: z.number().int(),
  /** How many alerts were given up and neither retried nor expired since. */
  dropped: z.number().int(),
  lastSentAt: instantSchema.nullable(),
  /** Why the oldest alert that waits was not sent, or why the last one was dropped; null if the channel works. */
  problem: z.string().nullable(),
});
export type ChannelState = z.infer<typeof channelStateSchema>;

export const alertsAnswerSchema = z.object({
  alerts: alertSettingsSchema,
  /** Sorted by name. */
  states: z.array(channelStateSchema),
});
export type AlertsAnswer = z.infer<typeof alertsAnswerSchema>;

/** What is left after a channel was removed. */
export const removedChannelSchema = alertsAnswerSchema.extend({
  /** Names of its secrets that nothing uses any more. They are still stored. */
  unusedSecrets: z.array(z.string()),
});
export type RemovedChannel = z.infer<typeof removedChannelSchema>;

/** What a test of a channel found. */
export const alertTestSchema = z.object({
  ok: z.boolean(),
  /** What the receiver answered, or what went wrong; a sentence for people. */
  answer: z.string(),
  tookMs: z.number(),
});
export type AlertTest = z.infer<typeof alertTestSchema>;
