import { z } from 'zod';
import { instantSchema, parametersSchema, taskChangeSchema, taskDraftSchema } from './task.ts';

const ofTask = { taskId: z.string() };

/** A change as an agent asks for it, checked and with names resolved to ids. */
export const proposedChangeSchema = z.discriminatedUnion('action', [
  z.object({
    action: z.literal('create'),
    draft: taskDraftSchema.extend({ parameters: parametersSchema }),
    /** False: save a tool or parameters that look wrong. */
    validate: z.boolean(),
    /** Run it once, and keep it only if that succeeds. */
    testRun: z.boolean(),
  }),
  z.object({ action: z.literal('update'), ...ofTask, change: taskChangeSchema, validate: z.boolean() }),
  z.object({
    action: z.literal('pause'),
    ...ofTask,
    until: instantSchema.optional(),
    note: z.string().optional(),
  }),
  z.object({ action: z.literal('resume'), ...ofTask }),
  z.object({ action: z.literal('delete'), ...ofTask }),
  z.object({ action: z.literal('trigger'), ...ofTask }),
  z.object({ action: z.literal('cancel'), executionId: z.string() }),
]);
export type ProposedChange = z.infer<typeof proposedChangeSchema>;
export type ProposedAction = ProposedChange['action'];

export const proposalStateSchema = z.enum([
  /** Waits for a person; nothing has changed. */
  'pending',
  /** Approved, and being done. */
  'applying',
  /** Approved and done. */
  'applied',
  /** Approved, but it could not be done; `error` says why. Nothing has changed. */
  'failed',
  'rejected',
  /** Nobody decided in time. */
  'expired',
]);
export type ProposalState = z.infer<typeof proposalStateSchema>;

/** A change that an agent asked for, and what became of it. */
export const proposalSchema = z.object({
  id: z.string(),
  /** The client's own name for itself, and its version. */
  client: z.string(),
  version: z.string(),
  state: proposalStateSchema,
  /** In one line, for people: `Create "Backup"`. Harmless to display. */
  title: z.string(),
  change: proposedChangeSchema,
  createdAt: instantSchema,
  /** Undecided until then, it lapses. */
  expiresAt: instantSchema,
  decidedAt: instantSchema.nullable(),
  /** `window`, `cli`, … */
  decidedBy: z.string().nullable(),
  /** What the person said to it. */
  note: z.string().nullable(),
  /** The task that came of it or that it is about, null where there is none yet. */
  taskId: z.string().nullable(),
  /** The run that came of it or that it is about. */
  executionId: z.string().nullable(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
});
export type Proposal = z.infer<typeof proposalSchema>;

/** One line of the difference. All texts are harmless to display: control and reordering characters are shown. */
export const fieldDifferenceSchema = z.object({
  field: z.string(),
  /** Null: not set before. */
  before: z.string().nullable(),
  /** Null: taken away. */
  after: z.string().nullable(),
});
export type FieldDifference = z.infer<typeof fieldDifferenceSchema>;

/** What approving a proposal would do now. */
export const proposalPreviewSchema = z.object({
  differences: z.array(fieldDifferenceSchema),
  /** The rest of what the task is and would stay, harmless to display: what runs, and in which environment. */
  unchanged: z.array(z.object({ field: z.string(), text: z.string() })),
  /** The schedule as a sentence, and its zone; null where the task is gone. */
  schedule: z.object({ sentence: z.string(), timezone: z.string() }).nullable(),
  /** None for a task that would be paused or gone. */
  nextRuns: z.array(instantSchema),
  /** The command, request or tool call that would run, as text harmless to display. */
  command: z.string().nullable(),
  warnings: z.array(z.string()),
  /** Somebody changed the task after the agent asked. The difference is against the task as it is now. */
  changedMeanwhile: z.boolean(),
  /** Why it cannot be done any more; null where it can. */
  problem: z.string().nullable(),
  /** Stands for the state of the task this preview was made from: approving with it approves exactly this. */
  basis: z.string(),
});
export type ProposalPreview = z.infer<typeof proposalPreviewSchema>;

export const proposalViewSchema = proposalSchema.extend({
  /** Null once decided. */
  preview: proposalPreviewSchema.nullable(),
});
export type ProposalView = z.infer<typeof proposalViewSchema>;

/** A proposal as the window's shell and the tray need it. */
export const waitingProposalSchema = proposalSchema.pick({
  id: true,
  client: true,
  version: true,
  title: true,
  createdAt: true,
});
export type WaitingProposal = z.infer<typeof waitingProposalSchema>;
