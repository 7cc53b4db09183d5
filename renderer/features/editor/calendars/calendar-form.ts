import type { CalendarPolicy } from '../../../../main/contract/calendars.ts';
import type { CalendarUse } from '../../../text/en/calendars.ts';

/** The calendars of a task as the form shows them. */
export interface CalendarForm {
  calendars: Readonly<Record<string, CalendarUse>>;
  dayOff: NonNullable<CalendarPolicy['dayOff']>;
}

/** Returns the fields of the form for the policy of a task. */
export function calendarFormOf(policy: CalendarPolicy | undefined): CalendarForm {
  const uses = (names: readonly string[] | undefined, use: CalendarUse) =>
    Object.fromEntries((names ?? []).map((name) => [name, use]));
  return {
    calendars: { ...uses(policy?.onlyOn, 'only'), ...uses(policy?.skipOn, 'skip') },
    dayOff: policy?.dayOff ?? 'skip',
  };
}

/** Returns the policy that the form describes; undefined without calendars. `base` keeps what the form does not show. */
export function calendarPolicyOf(
  { calendars, dayOff }: CalendarForm,
  base?: CalendarPolicy,
): CalendarPolicy | undefined {
  const named = (use: CalendarUse): string[] => Object.keys(calendars).filter((name) => calendars[name] === use);
  const [skipOn, onlyOn] = [named('skip'), named('only')];
  if (skipOn.length + onlyOn.length === 0) return undefined;
  const { skipOn: _skipOn, onlyOn: _onlyOn, dayOff: _dayOff, ...unknown } = base ?? {};
  return {
    ...unknown,
    ...(skipOn.length > 0 && { skipOn }),
    ...(onlyOn.length > 0 && { onlyOn }),
    ...(dayOff !== 'skip' && { dayOff }),
  };
}
