import { z } from 'zod';
import { wireErrorSchema } from './errors.ts';

/**
 * The language of `ncp-scheduler bridge`: one JSON document a line on standard input and output, in UTF-8. The calls and
 * events are those of the window. The first line of the output is the greeting; then answers, in any order, and events.
 */

/** Longest line that the bridge reads, in bytes. A longer one is answered with an error. */
export const longestLine = 8 * 1024 * 1024;

/** Longest line that a client reads, in bytes: a snapshot of tens of thousands of tasks. */
export const longestAnswer = 64 * 1024 * 1024;

/** How many calls may wait for their answers at the same time. Further ones are refused. */
export const mostCalls = 64;

const requestIdSchema = z.union([z.number().int(), z.string().max(100)]);

export const lineRequestSchema = z.object({
  /** Chosen by the client, and repeated in the answer. */
  id: requestIdSchema,
  /** Name of the call, such as `tasks.create`. */
  call: z.string(),
  input: z.unknown(),
});

export const greetingSchema = z.object({
  hello: z.object({
    /** Hash of the calls and events. Both ends must have the same. */
    contract: z.string(),
    /** Version of the program. */
    version: z.string(),
    machine: z.object({ name: z.string(), user: z.string(), platform: z.string(), timezone: z.string() }),
  }),
});
export type Greeting = z.infer<typeof greetingSchema>['hello'];

/** `id` is null for a line that is no request. */
export const lineAnswerSchema = z.union([
  z.object({ id: requestIdSchema, ok: z.literal(true), value: z.unknown() }),
  z.object({ id: requestIdSchema.nullable(), ok: z.literal(false), error: wireErrorSchema }),
]);

export const lineEventSchema = z.object({ event: z.string(), payload: z.unknown() });
