import { useMemo } from 'react';
import type { PastedTask } from '../../../main/contract/pasted-task.ts';
import { useCommands, useExecutions, useSchedule, useSession } from '../../session-context.tsx';
import { useSchedulePreview } from '../editor/schedule/use-schedule-preview.ts';
import { useMachines } from '../machines/use-machines.ts';
import { actionEntries, machineEntries, viewEntries } from './action-entries.tsx';
import { creationEntry, scheduleToRead } from './creation-entry.tsx';
import { possibleEntries, type PaletteEntry } from './palette-entries.ts';
import { recipeEntries } from './recipe-entries.tsx';
import { settingEntries } from './setting-entries.tsx';
import { paletteTask, runEntry, taskEntry, verbEntries } from './task-entries.tsx';

/** Number of recent runs to offer; the Runs view lists older ones. */
const RUNS_OFFERED = 50;

/** Returns everything that the palette can find; only what depends on the typed text is made again with each key. */
export function usePaletteEntries(line: string, pasted: PastedTask): PaletteEntry[] {
  const commands = useCommands();
  const { fleet } = useSession();
  const machines = useMachines((state) => state.machines);
  const tasks = useSchedule((schedule) => schedule.tasks);
  const paused = useSchedule((schedule) => schedule.paused !== null);
  const waiting = useSchedule((schedule) => schedule.waiting.length);
  const platform = useSchedule((schedule) => schedule.app.platform);
  const capabilities = useSchedule(({ desktop }) => desktop.capabilities);
  const recent = useExecutions((state) => state.recent);
  const timezone = pasted.kind === 'task' ? (pasted.sketch.timezone ?? '') : '';
  const preview = useSchedulePreview(scheduleToRead(pasted), timezone);
  const named = useMemo(() => tasks.map(paletteTask), [tasks]);
  const fixed = useMemo(
    () =>
      possibleEntries(
        [
          ...actionEntries(commands, { paused, waiting }),
          ...recipeEntries(commands, platform),
          ...viewEntries(commands),
          ...machineEntries(
            fleet,
            machines.map(({ name }) => name),
          ),
          ...tasks.map((task) => taskEntry(commands, task)),
          ...settingEntries(commands),
          ...recent.slice(0, RUNS_OFFERED).map((execution) => runEntry(commands, execution)),
        ],
        capabilities,
      ),
    [commands, fleet, machines, tasks, paused, waiting, platform, capabilities, recent],
  );
  return useMemo(() => {
    const created = creationEntry(commands, pasted, preview, line);
    return [...(created === null ? [] : [created]), ...fixed, ...verbEntries(commands, named, line)];
  }, [commands, pasted, preview, line, fixed, named]);
}
