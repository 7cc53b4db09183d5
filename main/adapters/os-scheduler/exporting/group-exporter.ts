import type { GroupTarget } from '../../../contract/transfer.ts';
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
      const { artifacts, notes } = exportedTo(target, { ...group, tasks }, context());
      return { artifacts, notes: [...refused, ...notes], tasks: artifacts.length === 0 ? 0 : tasks.length };
    },
  };
}

const notExported = 'These tasks run only on demand, so there is nothing for another scheduler to start.';

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
