import { eventNameSchema } from '../../../contract/events.ts';
import { neverRunAt, type ScheduleRule } from '../../../contract/schedule-rule.ts';
import type { Task } from '../../../contract/task.ts';
import { closest } from '../../../domain/words/closest.ts';

/** Fields of a rule that describe times, each of which excludes the ones in its list. */
const excluded = { interval: ['lines', 'crons', 'every'], lines: ['crons'] } as const;
const times = ['interval', 'lines', 'crons', 'every'] as const;

/**
 * Returns why the rule of a task's schedule cannot mean what it says: parts that the schedule would ignore in silence.
 * Null if every part counts.
 */
export function ruleProblem({ scheduleRule, runAt }: Pick<Task, 'scheduleRule' | 'runAt'>): string | null {
  if (scheduleRule === undefined) return null;
  const { events } = scheduleRule;
  const given = times.filter((name) => scheduleRule[name] !== undefined);
  if (events !== undefined) return eventsProblem(events, given, runAt);
  const [field] = given;
  if (field === undefined) return `scheduleRule is empty. It has ${[...times, 'events'].join(', ')}.`;
  if (runAt !== undefined)
    return `scheduleRule.${field} and runAt exclude each other: a task runs repeatedly, or once at ${runAt}.`;
  return exclusion(scheduleRule);
}

function eventsProblem(events: readonly string[], given: readonly string[], runAt: string | undefined): string | null {
  const known: readonly string[] = eventNameSchema.options;
  const unknown = events.findIndex((event) => !known.includes(event));
  if (unknown >= 0) {
    const event = events[unknown] ?? '';
    const meant = closest(event, known);
    const hint = meant === null ? '' : ` Did you mean ${meant}?`;
    return `scheduleRule.events.${unknown}: there is no event "${event}".${hint} The events are ${known.join(', ')}.`;
  }
  const [other] = given;
  if (other !== undefined)
    return `scheduleRule.events and scheduleRule.${other} exclude each other: a task runs on events, or at times.`;
  if (runAt !== neverRunAt) return `scheduleRule.events counts only if runAt is ${neverRunAt}.`;
  return null;
}

function exclusion(rule: ScheduleRule): string | null {
  for (const [one, others] of Object.entries(excluded)) {
    const other = rule[one] === undefined ? undefined : others.find((name) => rule[name] !== undefined);
    if (other !== undefined) return `scheduleRule.${one} and scheduleRule.${other} exclude each other.`;
  }
  return null;
}
