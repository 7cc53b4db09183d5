import { z } from 'zod';
import type { Application } from '../application/application.ts';
import { parseInstant } from '../domain/words/read-instant.ts';
import type { Direction } from '../domain/words/read-instant.ts';
import { builtInNames, builtIns, type BuiltInToolName } from '../contract/built-in/built-ins.ts';
import { executionStatusSchema } from '../contract/execution.ts';
import { taskStatusSchema } from '../contract/task.ts';
import { parametersSchema } from '../contract/tool-call.ts';
import { SchedulerError } from '../domain/errors.ts';
import type { ToolContext } from './own-tool.ts';
import { newPolicies } from './policies.ts';

/** The id of a task, under the original system's name. */
export const jobId = z.string().min(1).max(300).describe('Id or unique name of the task.');
export const executionId = z.string().min(1).max(300).describe('Id of the run.');
export const instantText = z
  .string()
  .min(1)
  .max(200)
  .describe('A point in time: ISO 8601 (2026-12-03T14:15:00Z), or words such as "tomorrow 9am".');
export const taskStatus = taskStatusSchema.describe('Only tasks with this status.');
export const executionStatus = executionStatusSchema.describe('Only runs with this status.');

/** Limits runs and changes to a time span. */
export const timeSpan = {
  since: z.string().min(1).max(200).optional().describe('From this time on: ISO 8601, or "2 days ago".'),
  until: z.string().min(1).max(200).optional().describe('Until this time. Default: now.'),
} as const;

/** Parameters with everything that is hard to guess, for models that call `create` without looking at `tools`. */
const fullExamples: Readonly<Record<BuiltInToolName, Readonly<Record<string, unknown>>>> = {
  'shell:run': { command: 'restic backup ~', shell: 'bash', stdin: 'text', successExitCodes: [0, 3] },
  'http:request': {
    url: 'https://example.org/hook',
    method: 'POST',
    headers: { Authorization: 'Bearer ${secret:TOKEN}' },
    body: { text: 'done' },
    expectStatus: [200, 202],
  },
  'agent:run': { agent: 'codex', promptFile: 'a.md', permissions: 'edit', allowedTools: ['Write'] },
};

function builtInForms(): string {
  const forms = builtInNames.map(
    (tool) => `${tool}: ${builtIns[tool].forms.join(' or ')}, all of it: ${JSON.stringify(fullExamples[tool])}`,
  );
  return forms.join('. ');
}

/** Parameters where `create` has already told what they are. */
export const knownParameters = parametersSchema.describe('As in create.');

/** The fields of a task that can be set. `create` and `update` decide which of them are optional. */
export const definitionShape = {
  name: z.string().min(1).max(200).describe('Name of the task.'),
  schedule: z
    .string()
    .min(1)
    .max(1000)
    .describe(
      'A phrase ("every weekday at 9am"), 5-field cron ("0 9 * * 1-5"), an ISO 8601 date and time, "at login", "at startup", "on wake", "on unlock" or "on demand".',
    ),
  tool: z
    .string()
    .min(1)
    .max(300)
    .describe(`server:tool. Built in: ${builtInNames.join(', ')}; others come from MCP servers.`),
  parameters: parametersSchema.describe(`Parameters of the tool, as an object. ${builtInForms()}.`),
  timezone: z.string().max(100).describe("IANA time zone, for example Europe/Paris. Default: this machine's."),
  active: z.boolean().describe('false: paused. Default: true.'),
  description: z.string().max(10_000).describe('What the task is for.'),
  fireOnce: z.boolean().describe('Complete after the first success.'),
  maxExecutions: z.number().int().positive().describe('Complete after this many successes.'),
  startDate: instantText.describe('Run no slot before this.'),
  endDate: instantText.describe('Run no slot after this.'),
  catchupMissed: z.boolean().describe('Older form of policies.catchUp.'),
  workingDirectory: z.string().max(4096).describe('Absolute path. Default: the home directory.'),
  env: z.record(z.string(), z.string()).describe('Further variables.'),
  tags: z.array(z.string().max(100)).max(100).describe('Tags.'),
  policies: newPolicies,
} as const;

/** Returns fields that `create` describes, with a pointer to that: each description is paid for at each conversation. */
export const asInCreate = <T extends Readonly<Record<string, z.ZodType>>>(shape: T): T =>
  Object.fromEntries(Object.entries(shape).map(([name, field]) => [name, field.describe('As in create.')])) as T;

/** @throws SchedulerError `usage/invalid-parameters`. */
export async function instantOf(
  text: string,
  field: string,
  direction: Direction,
  application: Application,
): Promise<string> {
  const context = { nowMs: application.clock.now(), timezone: application.timezone };
  const ms = await parseInstant(text, direction, context);
  if (ms !== null) return new Date(ms).toISOString();
  const message = `${field}: "${text}" is not a point in time in the years 1 to 9999. Use ISO 8601, for example 2026-12-03T14:15:00Z.`;
  throw new SchedulerError('usage/invalid-parameters', message, { field, given: text });
}

/** @throws SchedulerError `task/not-found`, `task/ambiguous`. */
export async function taskIdOf(idOrName: string, context: ToolContext): Promise<string> {
  return (await (await (await context.application()).tasks()).get(idOrName)).task.id;
}

/** Returns the ends of a time span as instants; those that were not given are absent. */
export async function pastInstants(
  { since, until }: { readonly since?: string | undefined; readonly until?: string | undefined },
  application: Application,
): Promise<{ since?: string; until?: string }> {
  return {
    ...(since === undefined ? {} : { since: await instantOf(since, 'since', 'past', application) }),
    ...(until === undefined ? {} : { until: await instantOf(until, 'until', 'past', application) }),
  };
}
