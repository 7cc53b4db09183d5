import { scheduleRuleSchema } from '../../../contract/schedule-rule.ts';
import { policiesSchema, taskSchema, type Task } from '../../../contract/task.ts';
import { storedSchedule, specOf } from '../../../domain/timing/spec-of.ts';
import type { ScheduleSpec } from '../../../domain/timing/schedule-spec.ts';
import { messageOf } from '../../../domain/errors.ts';
import { unknownFields } from '../../tasks/unknown-fields.ts';
import { ruleProblem } from './rule-problems.ts';
import { fieldText, schemaProblems, unknownFieldNotes } from './unknown-notes.ts';

/** A task of a file without the fields that this version does not know, or why the task cannot be imported. */
export type TaskReading =
  | { readonly task: Task; readonly spec: ScheduleSpec; readonly notes: readonly string[] }
  | { readonly reason: string };

/** Parts of a task that would mean something else without their unknown fields, and the schemas that name the fields. */
const binding = { scheduleRule: scheduleRuleSchema, policies: policiesSchema } as const;

/**
 * Reads one task of an export. An unknown field of its schedule or policies refuses the task, because without that
 * field it would run at other times or within other limits. Any other unknown field is removed and noted.
 * @param id its key in the file
 */
export function readTask(id: string, raw: Readonly<Record<string, unknown>>): TaskReading {
  const unknown = Object.entries(binding).flatMap(([name, schema]) =>
    unknownFields(schema, raw[name]).map((field) => fieldText(field, [name])),
  );
  if (unknown.length > 0) return { reason: unknown.join(' ') };
  const known = Object.fromEntries(Object.entries(raw).filter(([name]) => Object.hasOwn(taskSchema.shape, name)));
  const parsed = taskSchema.safeParse(known);
  if (!parsed.success) return { reason: schemaProblems(parsed.error) };
  if (parsed.data.id !== id) return { reason: `its id is "${parsed.data.id}", but its key is "${id}"` };
  const problem = ruleProblem(parsed.data);
  if (problem !== null) return { reason: problem };
  const { shared, ...local } = structuredClone(parsed.data);
  try {
    const spec = specOf(local);
    const notes = [...unknownFieldNotes(taskSchema, raw), ...replacedRule(local, spec), ...localNotes(shared)];
    return { task: local, spec, notes };
  } catch (error) {
    return { reason: messageOf(error) };
  }
}

/** Only the fleet itself says what belongs to it, signed by a member: a file cannot. */
const localNotes = (shared: Task['shared']): string[] =>
  shared === undefined ? [] : ['shared: it belongs to a fleet there, and is a local task here.'];

/** Notes a rule that an older version left beside another `cronExpression`: it no longer counts. */
function replacedRule({ scheduleRule, cronExpression }: Task, spec: ScheduleSpec): string[] {
  const isRuled = scheduleRule !== undefined && scheduleRule.events === undefined;
  const stored = storedSchedule(spec);
  if (!isRuled || stored.scheduleRule !== undefined || isCover(scheduleRule.crons, cronExpression)) return [];
  return [`scheduleRule does not belong to cronExpression "${cronExpression}". It was not taken over.`];
}

/** A rule that only repeats the cron expression is left out when a schedule is stored. */
const isCover = (crons: readonly string[] | undefined, cronExpression: string): boolean =>
  crons?.length === 1 && crons[0] === cronExpression;
