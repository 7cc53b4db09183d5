import { build } from 'plist';
import type { GroupInput } from '../../../ports/group-exporter.ts';
import { calendarIntervals } from '../launchd/calendar-intervals.ts';
import { machinePlan } from '../machine-plan.ts';
import type { ExportContext, Exported } from './export-context.ts';
import { lostNotes, plainName, wordsOf } from './task-command.ts';
import type { Said } from './task-command.ts';

const said: ReadonlySet<Said> = new Set(['nice', 'catchUp']);

/** Returns an agent for each task. */
export function toLaunchd({ schedule, tasks }: GroupInput, context: ExportContext): Exported {
  const plan = { ...machinePlan(schedule, context.machineTimezone, context.nowMs), repairs: [] };
  const { intervals, exact: fits } = calendarIntervals(plan, context.machineTimezone);
  const exact = plan.exact && fits && schedule.kind !== 'once';
  const taken = new Set<string>();
  const notes = [
    'Copy the files to ~/Library/LaunchAgents, then: launchctl bootstrap gui/$UID FILE. Output is dropped: add StandardOutPath.',
    'After sleep, launchd starts an agent once for all the times that were missed.',
    ...(exact
      ? []
      : [
          'launchd has no year, no zone of its own, no L and no #: the agents also fire at other times, so they are disabled.',
        ]),
  ];
  const artifacts = tasks.map((task) => {
    const name = plainName(task.name, taken);
    notes.push(...lostNotes(task, said));
    const content = build(
      {
        Label: `local.${name}`,
        ProgramArguments: wordsOf(task, 'sh'),
        ...(schedule.kind === 'event'
          ? { RunAtLoad: true }
          : { StartCalendarInterval: intervals.map((interval) => ({ ...interval })) }),
        ...(task.env === undefined ? {} : { EnvironmentVariables: { ...task.env } }),
        ...(task.workingDirectory === undefined ? {} : { WorkingDirectory: task.workingDirectory }),
        ...(task.policies?.nice === undefined ? {} : { Nice: task.policies.nice }),
        ...(exact && task.status === 'active' ? {} : { Disabled: true }),
      },
      { pretty: true, indent: '  ' },
    );
    return { path: `local.${name}.plist`, content: `${content}\n` };
  });
  return { artifacts, notes };
}
