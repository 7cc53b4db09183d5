import { z } from 'zod';

/**
 * When a run takes too long: a fixed time, or a multiple of what the task usually takes (`usual-duration.ts`).
 * Exactly one of the two.
 */
export const longAfterSchema = z
  .looseObject({
    /** In ms from the start of the run. 0 switches the default of the settings off. */
    ms: z.number().int().nonnegative().optional(),
    /** Multiple of the usual duration. Has no effect until the task has succeeded ten times. */
    factor: z.number().min(1).max(100).optional(),
  })
  .refine(({ ms, factor }) => (ms === undefined) !== (factor === undefined), {
    error: 'longAfter must have either ms (for example 600000) or factor (for example 3)',
  });
export type LongAfter = z.infer<typeof longAfterSchema>;

/**
 * `late`: a slot has not started in time. `long`: a run takes longer than it should. `overdue`: the task has not
 * succeeded for too long. `budget`: its slots are skipped because a budget is used up. `credentials`: its next run could
 * not sign in, because a sign-in has expired or a secret is missing.
 */
export const attentionKindSchema = z.enum(['late', 'long', 'overdue', 'budget', 'credentials']);
export type AttentionKind = z.infer<typeof attentionKindSchema>;

/** Why a task needs attention before anything has failed or was missed. */
export const attentionSchema = z.object({
  kind: attentionKindSchema,
  /** When the limit that the person set was passed. */
  since: z.iso.datetime(),
  /** The earliest slot that has not started; null unless `late`. */
  slot: z.iso.datetime().nullable(),
  /** The run that takes too long; null unless `long`. */
  executionId: z.string().nullable(),
  /** A sentence for people, true at the moment of the answer. */
  message: z.string(),
});
export type Attention = z.infer<typeof attentionSchema>;
