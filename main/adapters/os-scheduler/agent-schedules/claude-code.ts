import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { nextSlots } from '../../../domain/timing/slots.ts';
import type { ReadTask } from '../../../ports/import-files.ts';
import { readIfThere } from '../files.ts';
import { clockChangeNotes, Unsaid } from '../reading/reading.ts';
import type { ReadingContext } from '../reading/reading.ts';
import { itemsOf, jsonSwitches } from './json-list.ts';
import type { JsonListForm } from './json-list.ts';
import type { ProgramPerson, ScheduleFile, ScheduleProgram } from './schedule-program.ts';
import { cronSchedules, idOf, instantOf, requiredText, sayable } from './schedules-of.ts';

// `"enabled": false` is ignored: https://github.com/anthropics/claude-code/issues/93559.
const form: JsonListForm = { list: ['tasks'], off: null };
type Fields = Readonly<Record<string, unknown>>;

/**
 * The durable jobs of Claude Code's tool `CronCreate`, in `.claude/scheduled_tasks.json` of the home folder and of each
 * project. The form is that of https://github.com/anthropics/claude-code/issues/93559, /50911 and /72238.
 */
export const claudeCode: ScheduleProgram = {
  title: 'Claude Code',
  files: (person) =>
    [...new Set([person.homeDir, ...projectsOf(person)])].flatMap((folder): ScheduleFile[] => {
      const path = join(folder, '.claude', 'scheduled_tasks.json');
      return existsSync(path) ? [{ path, place: folder }] : [];
    }),
  schedules: (text, { place }) =>
    itemsOf(text, form).map((fields) => {
      const { lastFiredAt: _at, ...definition } = fields;
      return {
        ...{ id: idOf(fields['id']), name: nameOf(fields), isOn: true, definition },
        read: (context, source) => read(fields, place ?? '', context, source),
      };
    }),
  switches: {
    ...jsonSwitches(form),
    afterwards: 'End the sessions of Claude Code that are open: they keep the schedules that they have read.',
  },
};

/** The projects in which Claude Code has been used: the keys of `projects` in `~/.claude.json`. */
function projectsOf({ homeDir }: ProgramPerson): string[] {
  const text = readIfThere(join(homeDir, '.claude.json'));
  if (text === null) return [];
  const { projects } = JSON.parse(text) as { projects?: unknown };
  return typeof projects === 'object' && projects !== null ? Object.keys(projects).sort() : [];
}

const nameOf = ({ prompt, id }: Fields): string =>
  typeof prompt === 'string' && prompt.trim() !== ''
    ? (prompt.trim().split('\n')[0] ?? '').slice(0, 60).trim()
    : idOf(id);

function read(fields: Fields, folder: string, context: ReadingContext, source: string): ReadTask {
  const prompt = requiredText(fields['prompt'], 'prompt');
  const cron = cronSchedules(requiredText(fields['cron'], 'cron'), context.timezone);
  const isOnce = fields['recurring'] === false;
  const schedules = isOnce ? [onceOf(cron, fields['createdAt'], context)] : cron;
  return {
    ...{ source, name: nameOf(fields), schedules, tool: 'agent:run', workingDirectory: folder },
    parameters: { agent: 'claude-code', prompt },
    policies: { catchUp: 'once' },
    notes: [
      ...(isOnce ? [] : ['Claude Code would have ended it seven days after it was created. Here it has no end.']),
      ...clockChangeNotes(schedules, context.nowMs, 'Claude Code'),
    ],
  };
}

/** Such a job runs once, at the first time of its expression after it was created. */
function onceOf(cron: ReadTask['schedules'], createdAt: unknown, { nowMs, timezone }: ReadingContext) {
  const [spec] = cron;
  const fromMs = instantOf(createdAt) ?? nowMs;
  const atMs = spec && sayable(() => nextSlots(spec, fromMs, 1))[0];
  if (atMs === undefined) throw new Unsaid('Its cron expression has no time after it was created.');
  return { kind: 'once', atMs, timezone } as const;
}
