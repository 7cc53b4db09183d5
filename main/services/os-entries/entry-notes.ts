import { eventTexts, type EventName } from '../../contract/events.ts';
import { eventsOfEntry, type OsSchedulerKind } from '../../contract/os-scheduler-kinds.ts';
import { eventsOf, isOnDemand } from '../../contract/schedule-rule.ts';
import type { ScheduleFile, Task } from '../../contract/task.ts';
import { needsEntryIn } from '../schedule/timing-groups.ts';

/** Who notices an event that no entry of the OS scheduler can start a task for. */
const noticed: Readonly<Record<EventName, string>> = {
  startup: 'the app or `serve` notices the start of the computer if it starts itself within two minutes of it',
  login: 'the app or `serve` notices a login if it starts itself within two minutes of it',
  unlock: 'the app notices that the screen is unlocked; nothing starts while it does not run',
  wake: 'the app notices that the computer wakes, and so does `serve` on Linux; nothing starts while neither runs',
};

/** Returns what a person should know of a task whose entry was just installed: when nothing starts it. */
export function entryNotes(kind: OsSchedulerKind, task: Task): string[] {
  if (isOnDemand(task)) return [];
  const events = eventsOf(task);
  if (events.length > 0) return eventNotes(kind, events);
  if (kind !== 'in-process') return [];
  return ['This machine has no OS scheduler in use, so the task runs only while the app or `serve` is running.'];
}

/** Returns a note for a group that has no entry, because a person did not want one yet. */
export function missingEntryNotes(kind: OsSchedulerKind, file: ScheduleFile, timingId: string): string[] {
  const timing = file.timings[timingId];
  if (timing === undefined || kind === 'in-process' || !needsEntryIn(kind, file, timing)) return [];
  return [
    'No entry was installed in the OS scheduler. Until `os sync` installs it, the task runs only while the app or `serve` is running.',
  ];
}

/** Returns a sentence for each event that entries of this kind do not fire. */
export function eventNotes(kind: OsSchedulerKind, events: readonly EventName[]): string[] {
  const fired = eventsOfEntry(kind, events);
  return events
    .filter((event) => !fired.includes(event))
    .map((event) => `No entry of the OS scheduler (${kind}) starts tasks ${eventTexts[event]}: ${noticed[event]}.`);
}
