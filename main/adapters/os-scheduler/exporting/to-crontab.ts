import type { Task } from '../../../contract/task.ts';
import type { GroupInput } from '../../../ports/group-exporter.ts';
import { shellWord } from '../cron/cron-command.ts';
import { cronFields } from '../cron/crontab-fields.ts';
import { oneLine } from '../entry-marker.ts';
import { machinePlan } from '../machine-plan.ts';
import type { ExportContext, Exported } from './export-context.ts';
import { lostNotes, plainName, wordsOf } from './task-command.ts';

/** Returns crontab lines to append to a person's own. */
export function toCrontab({ timing, schedule, tasks }: GroupInput, context: ExportContext): Exported {
  const plan = machinePlan(schedule, context.machineTimezone, context.nowMs);
  const fields = cronFields(plan.rules);
  const times = schedule.kind === 'event' ? ['@reboot'] : fields.lines;
  const exact = plan.exact && fields.exact && schedule.kind !== 'once';
  const notes = [
    'cron mails the output instead of keeping it, and has no history, retries or timeout.',
    ...(exact
      ? []
      : [
          'crontab has no year, no zone of its own, no L and no #: the lines also fire at other times, so they are commented out.',
        ]),
    ...tasks.flatMap((task) => lostNotes(task, new Set())),
  ];
  const lines = tasks.flatMap((task) => {
    const command = crontabCommand(task);
    const off = exact && task.status === 'active' ? '' : '# ';
    return [commentOf(task.name), ...times.map((time) => `${off}${time} ${command}`)];
  });
  const zone = schedule.kind === 'event' ? '' : ` (${schedule.timezone})`;
  const content = [`${commentOf(timing.name)}${zone}, from NCP Scheduler`, ...lines, ''].join('\n');
  return { artifacts: [{ path: `${plainName(timing.id, new Set(), 100)}.crontab`, content }], notes };
}

/** Returns a name as a comment that is not a border or mark of this app's own lines (`crontab-text.ts`). */
function commentOf(name: string): string {
  const line = oneLine(name);
  return /^(?:[<>=]{3}|NCP_JOB:|ncp-scheduler v)/.test(line) ? `# "${line}"` : `# ${line}`;
}

/** Returns the command part of a task's lines. */
export function crontabCommand(task: Task): string {
  const { parameters, workingDirectory } = task;
  const env = Object.entries(task.env ?? {}).map(([name, value]) => shellWord(`${name}=${value}`));
  const { command, shell, stdin } = parameters;
  // A line for sh, which is what cron runs anyway.
  const isPlainLine = typeof command === 'string' && shell === undefined && stdin === undefined && env.length === 0;
  const line = isPlainLine
    ? command
    : [...(env.length === 0 ? [] : ['env', ...env]), ...wordsOf(task, 'sh').map(shellWord)].join(' ');
  const directory = workingDirectory === undefined ? '' : `cd ${shellWord(workingDirectory)} && `;
  // Unescaped, a percent sign would end the command.
  return `${directory}${line}`.replaceAll('%', '\\%');
}
