import { eventTexts, type EventName } from '../../../contract/events.ts';
import type { GroupTarget } from '../../../contract/transfer.ts';
import type { ScheduleSpec } from '../../../domain/timing/schedule-spec.ts';
import type { GroupExporter, GroupInput } from '../../../ports/group-exporter.ts';
import type { ExportContext, Exported } from './export-context.ts';
import { toCrontab } from './to-crontab.ts';
import { toKubernetes } from './to-kubernetes.ts';
import { toLaunchd } from './to-launchd.ts';
import { toSystemd } from './to-systemd.ts';
import { toWindows } from './to-windows.ts';
import { writableTasks } from './writable-tasks.ts';

/** Returns the exporter of groups for other schedulers, which run them without this app. */
export function createGroupExporter(context: () => ExportContext): GroupExporter {
  return {
    exportGroup: (target, group) => {
      if (group.schedule.kind === 'on-demand') return { artifacts: [], notes: [notExported], tasks: 0 };
      const { tasks, notes: refused } = writableTasks(target, group.tasks);
      const { schedule, left } = withEventsOf(target, group.schedule);
      if (schedule === null) return { artifacts: [], notes: left, tasks: 0 };
      const { artifacts, notes } = exportedTo(target, { ...group, schedule, tasks }, context());
      return { artifacts, notes: [...refused, ...left, ...notes], tasks: artifacts.length === 0 ? 0 : tasks.length };
    },
  };
}

const notExported = 'These tasks run only on demand, so there is nothing for another scheduler to start.';

/** The event at which each scheduler can start what a person gives it. */
const eventOf: Readonly<Record<GroupTarget, EventName | null>> = {
  crontab: 'startup',
  systemd: 'login',
  launchd: 'login',
  windows: 'login',
  kubernetes: null,
};

/** Returns a schedule with the events that a scheduler knows, and a sentence for each that it does not. Null if it knows none. */
function withEventsOf(target: GroupTarget, schedule: ScheduleSpec): { schedule: ScheduleSpec | null; left: string[] } {
  if (schedule.kind !== 'event') return { schedule, left: [] };
  const events = schedule.events.filter((event) => event === eventOf[target]);
  const left = schedule.events
    .filter((event) => !events.includes(event))
    .map((event) => `An export for ${target} cannot start tasks ${eventTexts[event]}.`);
  return { schedule: events.length === 0 ? null : { ...schedule, events }, left };
}

function exportedTo(target: GroupTarget, group: GroupInput, context: ExportContext): Exported {
  switch (target) {
    case 'crontab':
      return toCrontab(group, context);
    case 'systemd':
      return toSystemd(group, context);
    case 'launchd':
      return toLaunchd(group, context);
    case 'windows':
      return toWindows(group, context);
    case 'kubernetes':
      return toKubernetes(group);
  }
}
