import { win32 } from 'node:path';
import type { OsGroup, TranslateContext, Translation } from '../../../ports/os-scheduler.ts';
import { entryName, fireArguments, markerOf, oneLine } from '../entry-marker.ts';
import { machinePlan } from '../machine-plan.ts';
import { assertXmlTexts } from '../writable-text.ts';
import { commandLine } from './command-line.ts';
import { taskXml } from './task-xml.ts';
import { triggersOf } from './triggers.ts';

/** The folder of Task Scheduler for this app's tasks. */
export const TASK_FOLDER = '\\NCP Scheduler\\';

/** Returns `\NCP Scheduler\ncp-scheduler-daily-9am`. */
export function taskPath(timingId: string, namespace: string): string {
  return `${TASK_FOLDER}${entryName(timingId, namespace)}`;
}

/** Returns a Task Scheduler task as XML. Local time only; at most 48 triggers, beyond that a superset. */
export function translateToWindows(group: OsGroup, context: TranslateContext): Translation {
  assertXmlTexts([...context.command, context.homeDir]);
  const path = taskPath(group.timingId, context.namespace);
  const plan = machinePlan(group.schedule, context.machineTimezone, context.fromMs);
  const { calendar, instants, exact } = triggersOf(plan, group.schedule, context.machineTimezone, context.fromMs);
  const events = group.schedule.kind === 'event' ? group.schedule.events : [];
  const [command, ...fixed] = hiddenCommand(context.command);
  const content = taskXml({
    uri: path,
    description: oneLine(group.description),
    marker: markerOf(group, context),
    command: command ?? '',
    arguments: commandLine([...fixed, ...fireArguments(group)]),
    workingDirectory: context.homeDir,
    // The ledger handles missed slots at the next one, and a one-off schedule has no next one.
    ...(group.schedule.kind === 'once' ? { settings: { StartWhenAvailable: true } } : {}),
    ...(events.length > 0 ? { logon: { account: context.account ?? '' } } : {}),
    calendar,
    instants,
    startYear: new Date(context.fromMs).getUTCFullYear() - 1,
  });
  return {
    artifacts: [{ path, content }],
    covers: exact ? 'exact' : 'superset',
    notes: [
      ...(exact
        ? []
        : ['Task Scheduler cannot express this exactly: the task also starts at other times, when nothing is due.']),
      'Task Scheduler does not start a group again before its previous run has finished; the running app does.',
      'The task runs with the environment of your logon.',
      ...(events.includes('startup')
        ? ['Only an administrator can start a task at boot: a startup counts at your first logon after it.']
        : []),
    ],
  };
}

/**
 * Returns the command without a window. A scheduled console program such as Node flashes a window, which conhost
 * avoids; the app has no console.
 */
export function hiddenCommand(command: readonly string[]): readonly string[] {
  const [program = ''] = command;
  if (!/^node(\.exe)?$/i.test(win32.basename(program))) return command;
  return ['%SystemRoot%\\System32\\conhost.exe', '--headless', ...command];
}
