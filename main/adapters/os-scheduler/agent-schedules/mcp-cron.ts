import { join } from 'node:path';
import { hourMs, minuteMs } from '../../../domain/durations.ts';
import { intervalSpec } from '../../../domain/timing/interval-spec.ts';
import type { ScheduleSpec } from '../../../domain/timing/schedule-spec.ts';
import type { ReadTask } from '../../../ports/import-files.ts';
import { clockChangeNotes, Unsaid } from '../reading/reading.ts';
import type { ReadingContext } from '../reading/reading.ts';
import { existing } from './files.ts';
import type { ProgramSchedule, ScheduleProgram } from './schedule-program.ts';
import { cronSchedules, idOf, instantOf, requiredText, sayable, textOf } from './schedules-of.ts';

type Fields = Readonly<Record<string, unknown>>;

const query =
  'SELECT id, name, description, type, command, prompt, schedule, enabled, created_at, next_run FROM tasks ORDER BY created_at, id';
/** Its own time-out, unless MCP_CRON_SCHEDULER_DEFAULT_TIMEOUT says otherwise. */
const timeoutMs = 10 * minuteMs;

/**
 * The tasks of mcp-cron, in its SQLite file. The form is that of internal/store/sqlite.go in
 * https://github.com/jolks/mcp-cron; it parses schedules with https://pkg.go.dev/github.com/robfig/cron/v3.
 */
export const mcpCron: ScheduleProgram = {
  title: 'mcp-cron',
  files: ({ homeDir, env, rows }) => {
    if (rows === undefined) return [];
    const path = env['MCP_CRON_STORE_DB_PATH'] || join(homeDir, '.mcp-cron', 'results.db');
    return existing([path]).map((file) => ({ path: file, place: null }));
  },
  text: ({ path }, { rows }) => JSON.stringify(rows?.(path, query) ?? []),
  schedules: (text) => (JSON.parse(text) as Fields[]).map(scheduleIn),
};

function scheduleIn(fields: Fields): ProgramSchedule {
  const { id, name, type, command, prompt, schedule, enabled } = fields;
  return {
    ...{ id: idOf(id), name: typeof name === 'string' && name !== '' ? name : idOf(id), isOn: Number(enabled) !== 0 },
    definition: { id, name, type, command, prompt, schedule, enabled },
    read: (context, source) => read(fields, context, source),
  };
}

function read(fields: Fields, context: ReadingContext, source: string): ReadTask {
  if (fields['type'] === 'AI')
    throw new Unsaid(
      'It gives its prompt to a model through an API, without an agent. Create a task with agent:run for the prompt here.',
    );
  const command = requiredText(fields['command'], 'command');
  const schedules = schedulesOf(fields, context);
  const description = textOf(fields['description'], 'description');
  return {
    ...{ source, name: (textOf(fields['name'], 'name') ?? requiredText(fields['id'], 'id')).slice(0, 200) },
    ...(description === null ? {} : { description }),
    ...{ schedules, tool: 'shell:run', parameters: { command, shell: 'sh' }, policies: { timeoutMs } },
    notes: [
      'Its database is not changed. Before you resume the task here, let mcp-cron disable it (its tool disable_task).',
      ...clockChangeNotes(schedules, context.nowMs, 'mcp-cron'),
    ],
  };
}

function schedulesOf(fields: Fields, { timezone, nowMs }: ReadingContext): ScheduleSpec[] {
  const written = textOf(fields['schedule'], 'schedule')?.trim() ?? '';
  if (written === '') throw new Unsaid('It has no schedule: mcp-cron runs it only when it is asked to.');
  const [, zone = timezone, text = written] = /^(?:CRON_)?TZ=(\S+)\s+(.*)$/.exec(written) ?? [];
  const every = /^@every\s+(.*)$/.exec(text)?.[1];
  if (every === undefined) return cronSchedules(text, zone);
  const fromMs = instantOf(fields['next_run']) ?? instantOf(fields['created_at']) ?? nowMs;
  return [sayable(() => intervalSpec(minutesOf(every), fromMs, zone))];
}

/** Reads a duration of Go, such as `1h30m`. @throws Unsaid if it is not whole minutes */
function minutesOf(text: string): number {
  const [whole, hours = '0', minutes = '0', seconds = '0'] =
    /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(text.trim()) ?? [];
  const found = (Number(hours) * hourMs + Number(minutes) * minuteMs + Number(seconds) * 1000) / minuteMs;
  if (whole !== undefined && Number.isInteger(found)) return found;
  throw new Unsaid(`It runs every ${text.trim()}. A task runs every so many whole minutes.`);
}
