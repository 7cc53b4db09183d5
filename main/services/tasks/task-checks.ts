import type { z } from 'zod';
import type { Probe } from '../../contract/probe.ts';
import type { Criterion } from '../../contract/success.ts';
import {
  taskChangeSchema,
  taskDraftSchema,
  type Policies,
  type Task,
  type TaskChange,
  type TaskDraft,
} from '../../contract/task.ts';
import { agentServerNames } from '../../contract/built-in/agent-run.ts';
import { SchedulerError } from '../../domain/errors.ts';
import { isOfChange, pointerProblem, referencesIn } from '../../domain/follow-up/references.ts';
import { changePointerProblem } from '../../domain/probe/change-places.ts';
import type { ToolVerdict } from './tool-verdict.ts';
import { calendarNames } from '../calendars/calendar-days.ts';
import { assertKnownPolicies } from './unknown-policies.ts';

/** Checks of a task's definition that need this machine. */
export interface MachineChecks {
  /** Returns why this cannot be a working directory, or null. */
  workingDirectoryProblem(path: string): string | null;
  /** Returns the problems of a tool and its parameters that can be found without starting anything. Empty if none. */
  toolProblems(tool: string, parameters: Readonly<Record<string, unknown>>): string[] | Promise<string[]>;
  /** Returns which of these calendars do not exist, each as a sentence. */
  calendarProblems(names: readonly string[]): string[];
  /** Returns which of these MCP servers are not configured, each as a sentence. */
  serverProblems(names: readonly string[]): string[];
  /** Returns a warning if secrets are missing to which the task, or one of its MCP servers, refers. Empty if none. */
  secretWarnings(task: TaskWithSecrets): Promise<string[]>;
}

export type TaskWithSecrets = Pick<Task, 'tool' | 'parameters' | 'env' | 'policies'>;

/** @throws SchedulerError `task/invalid`, also for policies that do not exist. */
export function parseDraft(input: unknown): TaskDraft {
  const draft = parsed(taskDraftSchema, input);
  assertKnownPolicies(draft.policies);
  return draft;
}

/**
 * @param stored the task before the change
 * @throws SchedulerError `task/invalid`, also for policies that do not exist.
 */
export function parseChange(input: unknown, stored: { readonly policies?: Policies | undefined }): TaskChange {
  const change = parsed(taskChangeSchema, input);
  assertKnownPolicies(change.policies, stored.policies);
  return change;
}

function parsed<T>(schema: z.ZodType<T>, input: unknown): T {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const fields = result.error.issues.map((issue) => ({ field: issue.path.join('.'), message: issue.message }));
  const text = fields.map(({ field, message }) => (field === '' ? message : `${field}: ${message}`)).join('; ');
  throw new SchedulerError('task/invalid', `The task cannot be saved: ${text}.`, { fields });
}

/** @throws SchedulerError `task/invalid` with details.fields. */
export async function checkDefinition(
  task: Pick<Task, 'tool' | 'parameters' | 'workingDirectory' | 'policies'>,
  checks: MachineChecks,
): Promise<void> {
  const fields: { field: string; message: string }[] = [];
  for (const message of await checks.toolProblems(task.tool, task.parameters)) fields.push({ field: 'tool', message });
  const directory = task.workingDirectory;
  const problem = directory === undefined ? null : checks.workingDirectoryProblem(directory);
  if (problem !== null) fields.push({ field: 'workingDirectory', message: problem });
  fields.push(...(await successProblems(task.policies?.success ?? [])), ...referenceProblems(task));
  fields.push(...(await probeProblems(task.policies?.probe, checks)));
  for (const message of checks.serverProblems(agentServerNames(task.tool, task.parameters)))
    fields.push({ field: 'parameters.mcpServers', message });
  for (const message of checks.calendarProblems(calendarNames(task)))
    fields.push({ field: 'policies.calendars', message });
  if (fields.length === 0) return;
  const text = fields.map(({ message }) => message).join(' ');
  throw new SchedulerError('task/invalid', `The task cannot be saved: ${text}`, { fields });
}

/** Checks the parameters that take values of the run before. */
function referenceProblems({ tool, parameters, policies }: Pick<Task, 'tool' | 'parameters' | 'policies'>) {
  const follows = (policies?.after ?? []).length > 0;
  return referencesIn(parameters).flatMap(({ place, pointer }) => {
    const field = `parameters.${place}`;
    if (isOfChange(pointer) && tool !== 'shell:run') {
      const wrong = changeProblem(pointer, policies?.probe);
      return wrong === null ? [] : [{ field, message: `${field}: ${wrong}.` }];
    }
    const problem =
      tool === 'shell:run'
        ? 'a command cannot take values of another run: read them from the file $NCP_AFTER_RESULT_FILE'
        : follows
          ? pointerProblem(pointer)
          : `it takes its value (${pointer}) from the run before, but the task runs after no other task: set policies.after, or write $$from for an object with the field $from`;
    return problem === null ? [] : [{ field, message: `${field}: ${problem}.` }];
  });
}

function changeProblem(pointer: string, probe: Probe | undefined): string | null {
  if (probe !== undefined && probe.then !== 'tell') return changePointerProblem(pointer);
  return `it takes its value (${pointer}) from what changed, but no probe starts the task: set policies.probe, or write $$from for an object with the field $from`;
}

async function probeProblems(
  probe: Probe | undefined,
  checks: Pick<MachineChecks, 'toolProblems'>,
): Promise<{ field: string; message: string }[]> {
  if (probe === undefined) return [];
  const { probeProblem } = await import('../../domain/probe/probe-problem.ts');
  const problem = probeProblem(probe);
  if (problem !== null) return [{ field: `policies.probe.${problem.field}`, message: problem.message }];
  const messages = probe.tool === undefined ? [] : await checks.toolProblems(probe.tool, probe.parameters ?? {});
  return messages.map((message) => ({ field: 'policies.probe.tool', message: `Probe: ${message}` }));
}

async function successProblems(criteria: readonly Criterion[]): Promise<{ field: string; message: string }[]> {
  if (criteria.length === 0) return [];
  const { criterionProblem } = await import('../../domain/success/criterion-problem.ts');
  return criteria.flatMap((criterion, index) => {
    const problem = criterionProblem(criterion);
    return problem === null ? [] : [{ field: `policies.success.${index}`, message: `Success criterion: ${problem}.` }];
  });
}

/**
 * Checks the tool and its parameters with the tool's server. If the server cannot be reached, a paused task is saved
 * all the same, with the returned warning.
 * @throws SchedulerError `task/invalid` with details.fields; `task/tool-unverified` with details.tool, server, reason.
 */
export async function checkTool(
  { tool, parameters }: Pick<Task, 'tool' | 'parameters'>,
  verify: (tool: string, parameters: Task['parameters']) => Promise<ToolVerdict>,
  paused: boolean,
): Promise<string[]> {
  const { problems, unverified } = await verify(tool, parameters);
  if (problems.length > 0) {
    const fields = problems.map((message) => ({ field: 'tool', message }));
    throw new SchedulerError('task/invalid', `The task cannot be saved: ${problems.join(' ')}`, { fields });
  }
  if (unverified === null) return [];
  const { server, reason } = unverified;
  const doubt = `${tool} was not checked, because the MCP server "${server}" could not be asked: ${reason}`;
  if (paused) return [doubt];
  const message = `${doubt} Start the server and save again, save the task paused, or save it without the check.`;
  throw new SchedulerError('task/tool-unverified', message, { field: 'tool', tool, server, reason });
}
