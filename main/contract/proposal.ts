import { z } from 'zod';
import { pastSlotSchema } from './backfill.ts';
import { calendarNameSchema, calendarSchema } from './calendars.ts';
import { testDraftSchema } from './test-run.ts';
import { instantSchema, taskChangeSchema, taskDraftSchema } from './task.ts';
import { parametersSchema } from './tool-call.ts';

const ofTask = { taskId: z.string() };

/** A change that an agent proposes, checked and with names resolved to ids. */
export const proposedChangeSchema = z.discriminatedUnion('action', [
  z.object({
    action: z.literal('create'),
    draft: taskDraftSchema.extend({ parameters: parametersSchema }),
    /** False saves a tool or parameters that are not valid. */
    validate: z.boolean(),
    /** Runs the task once, and keeps it only if the run succeeds. */
    testRun: z.boolean(),
  }),
  z.object({
    action: z.literal('update'),
    ...ofTask,
    change: taskChangeSchema,
    validate: z.boolean(),
    /** Runs the changed task once, and changes it only if the run succeeds. @default false */
    testRun: z.boolean().optional(),
  }),
  z.object({
    action: z.literal('pause'),
    ...ofTask,
    until: instantSchema.optional(),
    note: z.string().optional(),
  }),
  z.object({ action: z.literal('resume'), ...ofTask }),
  z.object({ action: z.literal('delete'), ...ofTask }),
  z.object({ action: z.literal('trigger'), ...ofTask }),
  z.object({
    action: z.literal('backfill'),
    ...ofTask,
    /** The slots that run, oldest first. One that another process ran meanwhile is left out. */
    slots: z.array(pastSlotSchema).min(1),
  }),
  z.object({ action: z.literal('cancel'), executionId: z.string() }),
  z.object({
    action: z.literal('skip-next'),
    ...ofTask,
    /** The slot that a person approved to skip. Absent: the next one. */
    slot: instantSchema.optional(),
  }),
  z.object({
    action: z.literal('undo'),
    ...ofTask,
    changeId: z.number().int(),
    /** The tool of the task after the undo; null if there is no task then. Absent until the change is previewed. */
    tool: z.string().nullable().optional(),
    /** The MCP servers that the task gives its agent after the undo. Absent if there are none. */
    agentServers: z.array(z.string()).optional(),
  }),
  /** Adds a calendar that tasks can name. It replaces none, and names no file of this machine. */
  z.object({ action: z.literal('add-calendar'), name: calendarNameSchema, calendar: calendarSchema }),
  /** Runs a definition once, and saves nothing. */
  z.object({
    action: z.literal('test'),
    draft: testDraftSchema.extend({ name: z.string().max(200), parameters: parametersSchema, validate: z.boolean() }),
  }),
]);
export type ProposedChange = z.infer<typeof proposedChangeSchema>;
export type ProposedAction = ProposedChange['action'];

export const proposalStateSchema = z.enum([
  /** Needs a person's decision; nothing has changed. */
  'pending',
  /** Approved, and in progress. */
  'applying',
  /** Approved, and applied. */
  'applied',
  /** Approved, but it could not be applied; `error` says why. Nothing has changed. */
  'failed',
  'rejected',
  /** It was not decided in time. */
  'expired',
]);
export type ProposalState = z.infer<typeof proposalStateSchema>;

/** A change that an agent asked for, and what happened to it. */
export const proposalSchema = z.object({
  id: z.string(),
  /** The client's own name for itself, and its version. */
  client: z.string(),
  version: z.string(),
  state: proposalStateSchema,
  /** One line for people: `Create "Backup"`. Safe to display. */
  title: z.string(),
  change: proposedChangeSchema,
  createdAt: instantSchema,
  /** When it expires if nobody decides. */
  expiresAt: instantSchema,
  decidedAt: instantSchema.nullable(),
  /** `window`, `cli`, … */
  decidedBy: z.string().nullable(),
  /** The person's reason for the decision. */
  note: z.string().nullable(),
  /** The task that it created or is about; null if there is none yet. */
  taskId: z.string().nullable(),
  /** The run that it started or is about. */
  executionId: z.string().nullable(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
});
export type Proposal = z.infer<typeof proposalSchema>;

/** One line of the difference. All texts are safe to display: control and reordering characters are escaped. */
const fieldDifferenceSchema = z.object({
  field: z.string(),
  /** Null if it was not set. */
  before: z.string().nullable(),
  /** Null if it is cleared. */
  after: z.string().nullable(),
});
export type FieldDifference = z.infer<typeof fieldDifferenceSchema>;

/** What approving a proposal would do now. */
const proposalPreviewSchema = z.object({
  differences: z.array(fieldDifferenceSchema),
  /** The fields of the task that would stay, safe to display: what runs, and in which environment. */
  unchanged: z.array(z.object({ field: z.string(), text: z.string() })),
  /** The schedule as a sentence, and its zone; null if the task does not exist any more. */
  schedule: z.object({ sentence: z.string(), timezone: z.string() }).nullable(),
  /** Empty for a task that would be paused or deleted. */
  nextRuns: z.array(instantSchema),
  /** The command, request or tool call that would run, as text that is safe to display. */
  command: z.string().nullable(),
  warnings: z.array(z.string()),
  /** The task has changed since the agent asked. The difference is to the task as it is now. */
  changedMeanwhile: z.boolean(),
  /** Why it cannot be applied any more; null if it can. */
  problem: z.string().nullable(),
  /** Identifies the state of the task in this preview, so that exactly this preview can be approved. */
  basis: z.string(),
});
export type ProposalPreview = z.infer<typeof proposalPreviewSchema>;

export const proposalViewSchema = proposalSchema.extend({
  /** Null once decided. */
  preview: proposalPreviewSchema.nullable(),
});
export type ProposalView = z.infer<typeof proposalViewSchema>;

/** A pending proposal, as the window's shell and the tray need it. */
export const waitingProposalSchema = proposalSchema.pick({
  id: true,
  client: true,
  version: true,
  title: true,
  createdAt: true,
});
export type WaitingProposal = z.infer<typeof waitingProposalSchema>;
