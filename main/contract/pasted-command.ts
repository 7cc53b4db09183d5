import { readPasted } from './pasted-task.ts';
import type { PastedTask } from './pasted-task.ts';

/**
 * Five cron fields or a macro of cron, as `readPasted` returns them from a line of a crontab. Other words with an `@` begin
 * commands: `@powershell …`, `@echo off`.
 */
const ofCrontab = /^(?:@(?:reboot|yearly|annually|monthly|weekly|daily|midnight|hourly)|[\d*]\S*(?: \S+){4})$/i;

/**
 * Returns the task of a text that was pasted where a command is expected: a line of a crontab, `every hour: COMMAND`, a
 * URL or a cURL command. Null for a text that is a command as it stands, whatever colons it has, and for several lines.
 */
export function taskInCommand(text: string): (PastedTask & { kind: 'task' }) | null {
  const pasted = readPasted(text);
  if (pasted.kind !== 'task' || pasted.command === '') return null;
  const { schedule, tool } = pasted.sketch;
  if (schedule === '') return tool === 'shell:run' ? null : pasted;
  return isScheduleOf(schedule) ? pasted : null;
}

/** A command such as `echo "a: b"` has a colon too. No command begins with `every`, or is five fields of cron. */
function isScheduleOf(schedule: string): boolean {
  if (/^every\s/i.test(schedule)) return true;
  return ofCrontab.test(schedule);
}
