import { DateTime } from 'luxon';
import type { RuleKind } from '../../contract/alerts/event.ts';
import type { AlertRule, AlertSettings, QuietHours } from '../../contract/alerts/rules.ts';

/** What an event is about, as far as rules can select it. */
export interface AlertSubject {
  readonly kind: RuleKind;
  /** Null for events of no task. */
  readonly task: { readonly id: string; readonly group: string | null; readonly tags: readonly string[] } | null;
  /** Number of failures in a row, with this one. */
  readonly failures: number;
}

/** A channel that an event goes to. */
export interface AlertTarget {
  readonly channel: string;
  /** Also if the channel has received this cause already. */
  readonly everyTime: boolean;
  /** The instant before which it is not sent, in ms. */
  readonly notBeforeMs: number;
}

/** Returns the channels that an event goes to by the rules, each once. */
export function alertTargets(
  { channels, rules, overrides }: AlertSettings,
  subject: AlertSubject,
  now: { readonly ms: number; readonly zone: string },
): AlertTarget[] {
  const own = subject.task === null ? undefined : overrides[subject.task.id]?.channels;
  const targets = new Map<string, AlertTarget>();
  for (const rule of rules.filter((each) => selects(each, subject))) {
    for (const channel of own ?? rule.channels) {
      const configured = channels[channel];
      if (configured === undefined || configured.enabled === false) continue;
      // A service that waits for pings would raise an alarm while a person sleeps.
      const quiet = configured.kind === 'healthchecks' ? undefined : rule.quietHours;
      const notBeforeMs = quiet === undefined ? now.ms : quietUntil(quiet, now);
      const before = targets.get(channel);
      targets.set(channel, {
        channel,
        everyTime: rule.everyTime === true || before?.everyTime === true,
        notBeforeMs: Math.min(notBeforeMs, before?.notBeforeMs ?? notBeforeMs),
      });
    }
  }
  return [...targets.values()];
}

function selects(rule: AlertRule, { kind, task, failures }: AlertSubject): boolean {
  if (!rule.events.includes(kind)) return false;
  if (kind === 'failed' && failures < (rule.afterFailures ?? 1)) return false;
  const { tags, groups, tasks } = rule;
  if (tags === undefined && groups === undefined && tasks === undefined) return true;
  if (task === null) return false;
  const inGroup = task.group !== null && (groups ?? []).includes(task.group);
  return (tasks ?? []).includes(task.id) || inGroup || (tags ?? []).some((tag) => task.tags.includes(tag));
}

/** Returns the end of quiet hours in ms, or now if it is not quiet. */
function quietUntil({ from, to }: QuietHours, { ms, zone }: { readonly ms: number; readonly zone: string }): number {
  const now = DateTime.fromMillis(ms, { zone });
  const at = (time: string): DateTime => {
    const [hour = 0, minute = 0] = time.split(':').map(Number);
    return now.set({ hour, minute, second: 0, millisecond: 0 });
  };
  const [start, end] = [at(from), at(to)];
  if (start < end) return now >= start && now < end ? end.toMillis() : ms;
  if (now >= start) return end.plus({ days: 1 }).toMillis();
  return now < end ? end.toMillis() : ms;
}
