import { alertRuleSchema, quietHoursSchema, type AlertRule } from '../../../../main/contract/alerts/rules.ts';
import { text } from '../../../text/en.ts';

const words = text.alerts;

/** A rule as a form shows it. */
export interface RuleValues {
  readonly events: readonly string[];
  readonly channels: readonly string[];
  readonly tags: string;
  /** Ids of tasks. */
  readonly tasks: readonly string[];
  /** Ids of groups. */
  readonly groups: readonly string[];
  readonly everyTime: boolean;
  readonly afterFailures: string;
  readonly quietFrom: string;
  readonly quietTo: string;
}

export function ruleValues(rule: AlertRule | null): RuleValues {
  return {
    events: rule?.events ?? ['failed'],
    channels: rule?.channels ?? [],
    tags: rule?.tags?.join(', ') ?? '',
    tasks: rule?.tasks ?? [],
    groups: rule?.groups ?? [],
    everyTime: rule?.everyTime ?? false,
    afterFailures: String(rule?.afterFailures ?? 1),
    quietFrom: rule?.quietHours?.from ?? '',
    quietTo: rule?.quietHours?.to ?? '',
  };
}

export type RuleErrors = Readonly<Partial<Record<keyof RuleValues, string>>>;

/** Reads a rule from the form. @param present the rule before, whose other fields stay; null for a new one */
export function readRule(
  values: RuleValues,
  present: AlertRule | null,
): { readonly rule: AlertRule } | { readonly errors: RuleErrors } {
  const tags = values.tags
    .split(',')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
  const after = Number(values.afterFailures);
  const { quietFrom: from, quietTo: to } = values;
  const isQuiet = from !== '' || to !== '';
  const errors: RuleErrors = {
    ...(values.events.length === 0 && { events: words.chooseEvents }),
    ...(values.channels.length === 0 && { channels: words.chooseChannels }),
    ...(!(Number.isInteger(after) && after >= 1 && after <= 1000) && { afterFailures: text.settings.number(1) }),
    ...(isQuiet && !quietHoursSchema.safeParse({ from, to }).success && { quietTo: words.quietHint }),
  };
  if (Object.keys(errors).length > 0) return { errors };
  const shown = new Set(['tags', 'tasks', 'groups', 'everyTime', 'afterFailures', 'quietHours']);
  const kept = Object.fromEntries(Object.entries(present ?? {}).filter(([field]) => !shown.has(field)));
  return {
    rule: alertRuleSchema.parse({
      ...{ ...kept, events: values.events, channels: values.channels },
      ...(tags.length > 0 && { tags }),
      ...(values.tasks.length > 0 && { tasks: values.tasks }),
      ...(values.groups.length > 0 && { groups: values.groups }),
      ...(values.everyTime && { everyTime: true }),
      ...(after > 1 && { afterFailures: after }),
      ...(isQuiet && { quietHours: { from, to } }),
    }),
  };
}
