import type { AlertSettings } from '../../contract/alerts/rules.ts';
import type { ScheduleFile } from '../../contract/task.ts';
import type { ImportCandidate } from './import-source.ts';

/** The ids here of the tasks of a file, by their ids there. */
export type ImportedIds = ReadonlyMap<string, string>;

/** Returns the alerts of a file with the ids that its tasks and groups have here. Unknown ids stay as they are. */
export function alertsFor(
  alerts: AlertSettings,
  candidates: readonly ImportCandidate[],
  ids: ImportedIds,
  file: ScheduleFile,
): AlertSettings {
  const groups = new Map(
    candidates.flatMap(({ task }) => {
      const here = file.tasks[ids.get(task.id) ?? '']?.timingId;
      return here === undefined ? [] : [[task.timingId, here] as const];
    }),
  );
  const mapped = (all: readonly string[], known: ReadonlyMap<string, string>) => [
    ...new Set(all.map((id) => known.get(id) ?? id)),
  ];
  return {
    ...alerts,
    rules: alerts.rules.map((rule) => ({
      ...rule,
      ...(rule.tasks && { tasks: mapped(rule.tasks, ids) }),
      ...(rule.groups && { groups: mapped(rule.groups, groups) }),
    })),
    overrides: Object.fromEntries(Object.entries(alerts.overrides).map(([id, own]) => [ids.get(id) ?? id, own])),
  };
}
