import type { OsGroup, TranslateContext, Translation } from '../../../ports/os-scheduler.ts';
import { entryName, markerOf, oneLine } from '../entry-marker.ts';
import { datedNote, datedPlan } from '../dated-plan.ts';
import { machinePlan } from '../machine-plan.ts';
import { ruleMatches } from '../machine-rules.ts';
import { wallTime } from '../zone-offsets.ts';
import { cronCommand } from './cron-command.ts';
import { cronDates, cronFields, hasStar } from './crontab-fields.ts';

export const CRONTAB = 'crontab';

/** Debian's cron ignores a crontab of more than 10,000 lines: all groups share them. */
const MOST_DATE_LINES = 350;

/**
 * Returns a marker line and the group's lines. crontab has no zone, no year and no `L` or `#`: such times become
 * supersets.
 */
export function translateToCron(group: OsGroup, context: TranslateContext): Translation {
  entryName(group.timingId, context.namespace);
  const { machineTimezone, fromMs } = context;
  const dated = datedPlan(group.schedule, machineTimezone, fromMs, (listed) => {
    return cronDates(listed, machineTimezone).length <= MOST_DATE_LINES;
  });
  const plan = dated ?? machinePlan(group.schedule, machineTimezone, fromMs);
  const fields = cronFields(plan.rules);
  const needed = plan.repairs.filter(({ slotMs, why }) => {
    if (why !== 'second-run') return true;
    const wall = wallTime(machineTimezone, slotMs);
    return !plan.rules.some((rule) => hasStar(rule) && ruleMatches(rule, wall));
  });
  const dates = cronDates(needed, machineTimezone);
  const { command, launcher } = cronCommand(group, context, dated !== null);
  const isEvent = group.schedule.kind === 'event';
  const lines = [...fields.lines, ...dates, ...(isEvent ? ['@reboot'] : [])].map((time) => `${time} ${command}\n`);
  // Right after a gap, cron runs what the gap skipped (cron(8)), in addition to the slot that the engine moved later.
  const fromGap = plan.skipped.some((rule) => !hasStar(rule));
  const exact = plan.exact && fields.exact && dates.length === 0 && !fromGap && !plan.echoes.some(hasStar);
  return {
    artifacts: [
      { path: CRONTAB, content: [markerLine(group, context), ...lines].join('') },
      ...(launcher === null ? [] : [launcher]),
    ],
    covers: exact ? 'exact' : 'superset',
    notes: [
      ...(dated !== null ? [datedNote('crontab', dated)] : []),
      ...(dated !== null || (plan.exact && fields.exact)
        ? []
        : ['crontab cannot express this exactly: its lines also fire at other times, when nothing is due.']),
      ...(dates.length === 0 ? [] : ['crontab has no year: the listed dates recur every year, when nothing is due.']),
      ...(isEvent
        ? ['cron starts this when its daemon starts. If the daemon alone is started again, nothing is due.']
        : []),
    ],
  };
}

/** Returns `# ncp-scheduler v1 daily-9am: 0 9 * * * UTC | Daily at 9 AM`. */
function markerLine(group: OsGroup, context: TranslateContext): string {
  const { version, timingId, key } = markerOf(group, context);
  return `# ncp-scheduler v${version} ${timingId}: ${key} | ${oneLine(group.description)}\n`;
}
