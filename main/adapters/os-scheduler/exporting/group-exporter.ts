import type { GroupExporter } from '../../../ports/group-exporter.ts';
import type { ExportContext } from './export-context.ts';
import { toCrontab } from './to-crontab.ts';
import { toKubernetes } from './to-kubernetes.ts';
import { toLaunchd } from './to-launchd.ts';
import { toSystemd } from './to-systemd.ts';
import { toWindows } from './to-windows.ts';

/** Returns the exporter of groups for other schedulers, which run them without this app. */
export function createGroupExporter(context: () => ExportContext): GroupExporter {
  return {
    exportGroup: (target, group) => {
      switch (target) {
        case 'crontab':
          return toCrontab(group, context());
        case 'systemd':
          return toSystemd(group, context());
        case 'launchd':
          return toLaunchd(group, context());
        case 'windows':
          return toWindows(group, context());
        case 'kubernetes':
          return toKubernetes(group);
      }
    },
  };
}
