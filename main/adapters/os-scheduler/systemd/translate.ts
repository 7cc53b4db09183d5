import { join } from 'node:path';
import type { OsGroup, TranslateContext, Translation } from '../../../ports/os-scheduler.ts';
import { entryName, fireArguments, markerOf, sortedEnv } from '../entry-marker.ts';
import type { EntryMarker } from '../entry-marker.ts';
import { calendarSpecs, type CalendarSpecs } from './calendar-specs.ts';
import { conditionLine } from './fire-condition.ts';
import { markerSection, plainValue, protectDollars, quoteWord } from './unit-file.ts';

/** Returns where the user manager looks for a person's own units. */
export function unitDirectory(homeDir: string): string {
  return join(homeDir, '.config', 'systemd', 'user');
}

/**
 * Returns a timer and the service it starts, as files. Exact in every zone, except for every nth day, week or month and
 * for some intervals that divide neither a day nor a week, of which it lists dates.
 */
export function translateToSystemd(group: OsGroup, context: TranslateContext): Translation {
  const name = entryName(group.timingId, context.namespace);
  const directory = unitDirectory(context.homeDir);
  const marker = markerOf(group, context);
  const calendar = calendarSpecs(group.schedule, context.fromMs);
  return {
    artifacts: [
      {
        path: join(directory, `${name}.timer`),
        content: timerUnit(name, group, calendar.specs, marker),
      },
      { path: join(directory, `${name}.service`), content: serviceUnit(name, group, context, marker) },
    ],
    covers: calendar.exact ? 'exact' : 'superset',
    notes: [
      ...inexactNotes(calendar),
      ...(calendar.repairs === 0
        ? []
        : [
            'systemd misses times that a clock change skips or repeats. They are listed as dates until the end of the year after next, and updated every year.',
          ]),
      ...eventNotes(group),
    ],
  };
}

function inexactNotes({ exact, listedUntil }: CalendarSpecs): string[] {
  if (exact) return [];
  if (listedUntil === undefined)
    return ['systemd cannot express this exactly: the timer also elapses at other times, when nothing is due.'];
  return [
    `systemd cannot express this exactly: the slots until ${listedUntil} are listed as dates, and the list is renewed every week. If nothing renews it, the timer also elapses at other times after that day, when nothing is due; no slot is lost.`,
  ];
}

/** systemd can start nothing for a person before the person's own manager runs. */
function eventNotes({ schedule }: OsGroup): string[] {
  const events = schedule.kind === 'event' ? schedule.events : [];
  return [
    ...(events.includes('startup')
      ? [
          'A startup counts when your user manager first starts after it: at your first login, or at once with lingering.',
        ]
      : []),
    ...(events.includes('login')
      ? [
          'A login counts when it starts your user manager: the first one, until you have logged out everywhere. With lingering ("loginctl enable-linger"), the manager starts with the computer, and that counts instead.',
        ]
      : []),
  ];
}

function timerUnit(name: string, group: OsGroup, specs: readonly string[], marker: EntryMarker): string {
  return unit(
    ['[Unit]', `Description=NCP Scheduler timer: ${plainValue(group.description)}`],
    [
      '[Timer]',
      `Unit=${name}.service`,
      ...specs.map((spec) => `OnCalendar=${spec}`),
      // Counted from the start of the person's manager. Elapses also when the timer is installed later: the program
      // knows the start and the login of which that is no news.
      ...(group.schedule.kind === 'event' ? ['OnStartupSec=1s'] : []),
      // The default accuracy is one minute.
      'AccuracySec=1s',
      // The ledger handles missed slots at the next one: systemd does not know about pauses and policies. A one-off
      // schedule has no next one, so it is started after the boot, and the ledger decides.
      `Persistent=${group.schedule.kind === 'once' ? 'true' : 'false'}`,
    ],
    ['[Install]', 'WantedBy=timers.target'],
    markerSection(marker),
  );
}

/**
 * Returns a service that starts the run as its own transient service and ends at once. A timer does not elapse while
 * its service is active, so a long run would otherwise suppress the group's next slots.
 */
function serviceUnit(name: string, group: OsGroup, context: TranslateContext, marker: EntryMarker): string {
  const env = sortedEnv(context.env);
  return unit(
    ['[Unit]', `Description=NCP Scheduler: ${plainValue(group.description)}`],
    [
      '[Service]',
      'Type=oneshot',
      'TimeoutStartSec=60',
      ...env.map(([key, value]) => `Environment=${quoteWord(`${key}=${value}`)}`),
      // While the app or \`serve\` runs, it starts the tasks itself: starting the program too would only cost time.
      // Not the tasks of events, which only the program notes.
      ...(group.schedule.kind === 'event' ? [] : [conditionLine(group.timingId, context.namespace)]),
      `ExecStart=${[...launcher(name, env), ...runCommand(group, context.command)].join(' ')}`,
    ],
    markerSection(marker),
  );
}

function launcher(name: string, env: readonly [string, string][]): string[] {
  return [
    'systemd-run',
    '--user',
    '--quiet',
    '--collect',
    '--service-type=exec',
    // The invocation id makes each run's unit unique, and connects the two journals.
    `--unit=${name}-run-\${INVOCATION_ID}`,
    // A run may start the app in the background to show a notification, and the app must outlive the run.
    '--property=KillMode=process',
    // The program ends its runs within about seven seconds of the request. Otherwise a logout or shutdown would wait 90.
    '--property=TimeoutStopSec=10',
    // Each run gets a control group of its own below that of this service (adapters/process/run-groups.ts).
    '--property=Delegate=pids',
    // A task that runs out of memory must not stop the other tasks of its group.
    '--property=OOMPolicy=continue',
    ...env.map(([key]) => `--setenv=${key}=\${${key}}`),
    '--',
  ];
}

/** Returns the command. Two service managers parse the arguments, one the executable. */
function runCommand(group: OsGroup, command: readonly string[]): string[] {
  const [executable = '', ...fixed] = command;
  return [
    quoteWord(protectDollars(executable, 1)),
    ...[...fixed, ...fireArguments(group)].map((word) => quoteWord(protectDollars(word, 2))),
  ];
}

function unit(...sections: readonly (readonly string[])[]): string {
  const header = '# Written by NCP Scheduler. Changes here are replaced: edit the task in the app.';
  return [[header], ...sections].map((lines) => `${lines.join('\n')}\n`).join('\n');
}
