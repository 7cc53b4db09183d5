import { isDeepStrictEqual } from 'node:util';
import { settingsSchema } from '../../contract/settings.ts';
import type { Settings } from '../../contract/settings.ts';
import type { ScheduleFile, Task } from '../../contract/task.ts';
import { exportFormat, exportVersion } from '../../contract/transfer.ts';
import type { ExportDocument } from '../../contract/transfer.ts';
import type { RunState } from '../../ports/ledger/run-state.ts';
import { secretsWithin } from '../../domain/secrets/hidden-values.ts';
import { calendarNames } from '../calendars/calendar-days.ts';
import { takeSecrets } from './secrets.ts';

export interface ExportFacts {
  readonly version: string;
  readonly platform: string;
  readonly timezone: string;
}

export interface ExportInput {
  readonly file: ScheduleFile;
  readonly settings: Settings;
  readonly runState: ReadonlyMap<string, RunState>;
  readonly facts: ExportFacts;
  readonly atIso: string;
  /** True keeps the values of secrets in the file. */
  readonly withSecrets: boolean;
}

export interface Exported {
  readonly document: ExportDocument;
  /** What a person must know before sharing the file, in sentences. */
  readonly warnings: readonly string[];
}

/** Returns the schedule with only these tasks and their groups. Ids of tasks that are gone are ignored. */
export function partOf({ version, tasks, timings }: ScheduleFile, taskIds: readonly string[]): ScheduleFile {
  const chosen = new Set(taskIds);
  const kept = Object.values(timings)
    .map((timing) => ({ ...timing, taskIds: timing.taskIds.filter((id) => chosen.has(id)) }))
    .filter((timing) => timing.taskIds.length > 0);
  return {
    version,
    tasks: Object.fromEntries(Object.entries(tasks).filter(([id]) => chosen.has(id))),
    timings: Object.fromEntries(kept.map((timing) => [timing.id, timing])),
  };
}

/** Returns the settings without which some tasks would run on other days: the calendars that they name. */
export function usedSettings(file: ScheduleFile, { calendars }: Pick<Settings, 'calendars'>): Settings {
  const used = new Set(Object.values(file.tasks).flatMap(calendarNames));
  const kept = Object.entries(calendars).filter(([name]) => used.has(name));
  return settingsSchema.parse({ calendars: Object.fromEntries(kept) });
}

/** Returns the whole schedule with its settings as one document. */
export function exportSchedule(input: ExportInput): Exported {
  const schedule = structuredClone(input.file);
  const settings = structuredClone(ownSettings(input.settings));
  const secrets = input.withSecrets ? [] : takenFrom(schedule, settings);
  const figures = Object.keys(schedule.tasks).flatMap((id) => {
    const state = input.runState.get(id);
    if (state === undefined || state.executionCount === 0) return [];
    const { executionCount, successfulSlots, lastExecutionAt, lastStatus } = state;
    return [[id, { executionCount, successfulSlots, lastExecutionAt, lastStatus }] as const];
  });
  const document: ExportDocument = {
    format: exportFormat,
    version: exportVersion,
    exportedAt: input.atIso,
    exportedBy: { ...input.facts },
    schedule,
    figures: Object.fromEntries(figures),
    settings,
    secrets,
  };
  return {
    document,
    warnings: input.withSecrets ? [withSecretsWarning] : Object.values(schedule.tasks).flatMap(suspicion),
  };
}

const withSecretsWarning =
  'The file contains passwords and tokens in plain text. Keep it where nobody else can read it.';

/** Returns the settings that differ from the defaults: only they were chosen, so only they may replace other values. */
function ownSettings(settings: Settings): Record<string, unknown> {
  const defaults: Record<string, unknown> = settingsSchema.parse({});
  return Object.fromEntries(
    Object.entries(settings).filter(
      ([name, value]) => value !== undefined && !isDeepStrictEqual(defaults[name], value),
    ),
  );
}

function takenFrom(schedule: ScheduleFile, settings: Record<string, unknown>): ExportDocument['secrets'] {
  const servers = Object.entries(settings['mcpServers'] ?? {});
  return [
    ...servers.flatMap(([name, server]) => takeSecrets(server, ['settings', 'mcpServers', name], name)),
    ...Object.values(schedule.tasks).flatMap((task) => takeSecrets(task, ['tasks', task.id], task.name)),
  ];
}

/** Warns of a secret inside a command, which cannot be replaced without changing what runs. */
function suspicion(task: Task): string[] {
  if (secretsWithin([task.parameters, task.policies?.probe?.parameters ?? {}]).length === 0) return [];
  return [
    `The parameters of "${task.name}" seem to contain a password or token within other text. The file contains them unchanged. Move the secret into the task's environment.`,
  ];
}
