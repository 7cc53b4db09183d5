import { join } from 'node:path';
import { build } from 'plist';
import type { OsGroup, TranslateContext, Translation } from '../../../ports/os-scheduler.ts';
import { entryName, fireArguments, markerOf, oneLine, sortedEnv } from '../entry-marker.ts';
import { datedNote, datedPlan } from '../dated-plan.ts';
import type { DatedPlan } from '../dated-plan.ts';
import { machinePlan } from '../machine-plan.ts';
import type { MachinePlan } from '../machine-plan.ts';
import { assertXmlTexts } from '../writable-text.ts';
import { calendarIntervals, LEAST_RULES, MOST_DENSE_INTERVALS, MOST_INTERVALS } from './calendar-intervals.ts';

const isListable = ({ length }: { readonly length: number }, weeks: number): boolean =>
  length <= (weeks === 1 ? MOST_DENSE_INTERVALS : MOST_INTERVALS) - LEAST_RULES;

/** The prefix of every label of this app. */
export const LABEL_PREFIX = 'org.ncp-scheduler.';

export function agentLabel(timingId: string, namespace: string): string {
  return entryName(timingId, namespace).replace('ncp-scheduler-', LABEL_PREFIX);
}

export function agentDirectory(homeDir: string): string {
  return join(homeDir, 'Library', 'LaunchAgents');
}

export function agentPath(timingId: string, context: TranslateContext): string {
  return join(agentDirectory(context.homeDir), `${agentLabel(timingId, context.namespace)}.plist`);
}

/** Returns a launch agent. launchd has only local time and no year, `L` or `#`: such schedules become supersets. */
export function translateToLaunchd(group: OsGroup, context: TranslateContext): Translation {
  assertXmlTexts([...context.command, ...Object.values(context.env)]);
  const { machineTimezone, fromMs } = context;
  const dated = datedPlan(group.schedule, machineTimezone, fromMs, isListable);
  const plan = dated === null ? machinePlan(group.schedule, machineTimezone, fromMs) : onWholeDays(dated);
  const { intervals, exact: said } = calendarIntervals(plan, machineTimezone);
  const events = group.schedule.kind === 'event' ? group.schedule.events : [];
  const exact = plan.exact && said && plan.repairs.length === 0 && plan.echoes.length === 0;
  const content = build(
    {
      Label: agentLabel(group.timingId, context.namespace),
      ProgramArguments: [...context.command, ...fireArguments(group)],
      EnvironmentVariables: Object.fromEntries(sortedEnv(context.env)),
      ...(events.length > 0 ? {} : { StartCalendarInterval: intervals.map((interval) => ({ ...interval })) }),
      // Also when the agent is installed: the program knows the start and the login of which that is no news.
      RunAtLoad: events.length > 0,
      // A run may start the app in the background to show a notification, and the app must outlive the run.
      AbandonProcessGroup: true,
      // launchd ignores unknown keys.
      NCPScheduler: {
        Version: markerOf(group, context).version,
        Namespace: context.namespace,
        Timing: group.timingId,
        Key: markerOf(group, context).key,
        Description: oneLine(group.description),
      },
    },
    { pretty: true, indent: '  ' },
  );
  return {
    artifacts: [{ path: agentPath(group.timingId, context), content: `${content}\n` }],
    covers: exact ? 'exact' : 'superset',
    notes: [
      ...(dated === null ? [] : [datedNote('launchd', dated)]),
      ...notesOf(exact || dated !== null, dated === null && plan.repairs.length > 0),
      ...(events.includes('startup')
        ? ['launchd starts agents at a login: a startup counts at your first login after it.']
        : []),
    ],
  };
}

/**
 * Returns a plan in which the other days of the year need one dictionary a month or day: they start every minute. An
 * entry that runs on such a day is renewed at its first slot.
 */
function onWholeDays(plan: DatedPlan): MachinePlan {
  const rules = plan.rules.map((rule) => ({ ...rule, minutes: upTo(60), hours: upTo(24) }));
  // Outside UTC, rules that differ only in their hours become the same.
  return { ...plan, rules: [...new Map(rules.map((rule) => [JSON.stringify(rule), rule])).values()] };
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

function notesOf(exact: boolean, repaired: boolean): string[] {
  return [
    ...(exact
      ? []
      : ['launchd cannot express this exactly: the agent also starts at other times, when nothing is due.']),
    ...(repaired
      ? [
          'When clocks go back, launchd runs a repeated local time only once. The running app starts a slot in the second hour.',
        ]
      : []),
    'launchd does not start a group again before its previous run has finished; the running app does.',
  ];
}
