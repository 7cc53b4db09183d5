import type { z } from 'zod';
import { taskChangeSchema, taskDraftSchema, type Task, type TaskChange, type TaskDraft } from '../contract/task.ts';
import { SchedulerError } from '../domain/errors.ts';

/** What only the machine can tell about a task's definition. */
export interface MachineChecks {
  /** Why this cannot be a working directory, or null if it can. */
  workingDirectoryProblem(path: string): string | null;
  /** Problems of a tool and its parameters that can be told without starting anything. Empty: none. */
  toolProblems(tool: string, parameters: Readonly<Record<string, unknown>>): string[] | Promise<string[]>;
}

export function parseDraft(input: unknown): TaskDraft {
  return parsed(taskDraftSchema, input);
}

export function parseChange(input: unknown): TaskChange {
  return parsed(taskChangeSchema, input);
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
  task: Pick<Task, 'tool' | 'parameters' | 'workingDirectory'>,
  checks: MachineChecks,
): Promise<void> {
  const fields: { field: string; message: string }[] = [];
  for (const message of await checks.toolProblems(task.tool, task.parameters)) fields.push({ field: 'tool', message });
  const directory = task.workingDirectory;
  const problem = directory === undefined ? null : checks.workingDirectoryProblem(directory);
  if (problem !== null) fields.push({ field: 'workingDirectory', message: problem });
  if (fields.length === 0) return;
  const text = fields.map(({ message }) => message).join(' ');
  throw new SchedulerError('task/invalid', `The task cannot be saved: ${text}`, { fields });
}
