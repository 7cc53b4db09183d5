import { basename, join } from 'node:path';
import { baseFolder } from '../../files/base-folder.ts';
import { intervalSpec } from '../../../domain/timing/interval-spec.ts';
import type { ScheduleSpec } from '../../../domain/timing/schedule-spec.ts';
import type { ReadTask } from '../../../ports/import-files.ts';
import { clockChangeNotes, Unsaid } from '../reading/reading.ts';
import type { ReadingContext } from '../reading/reading.ts';
import { existing, foldersIn } from './files.ts';
import { itemsOf, jsonSwitches } from './json-list.ts';
import type { JsonListForm } from './json-list.ts';
import type { ScheduleFile, ScheduleProgram } from './schedule-program.ts';
import { cronSchedules, idOf, instantOf, requiredText, sayable, textOf, textsOf } from './schedules-of.ts';

const form: JsonListForm = { list: ['jobs'], off: { enabled: false, state: 'paused' } };
type Fields = Readonly<Record<string, unknown>>;

/**
 * The cron jobs of hermes, one file for each profile. The form is that of `create_job` in cron/jobs.py of
 * https://github.com/NousResearch/hermes-agent.
 */
export const hermes: ScheduleProgram = {
  title: 'hermes',
  files: ({ homeDir, env }) => {
    const home = baseFolder(env['HERMES_HOME'], join(homeDir, '.hermes'));
    const jobs = (folder: string, place: string | null): ScheduleFile[] =>
      existing([join(folder, 'cron', 'jobs.json')]).map((path) => ({ path, place }));
    return [
      ...jobs(home, null),
      ...foldersIn(join(home, 'profiles')).flatMap((folder) => jobs(folder, basename(folder))),
    ];
  },
  schedules: (text, { place }) =>
    itemsOf(text, form).map((fields) => {
      const { id, name, prompt, schedule, enabled, workdir, script, model } = fields;
      return {
        ...{ id: idOf(id), name: typeof name === 'string' && name !== '' ? name : idOf(id) },
        isOn: enabled !== false && fields['state'] !== 'completed',
        definition: { id, name, prompt, schedule, enabled, workdir, script, model },
        read: (context, source) => read(fields, place, context, source),
      };
    }),
  switches: {
    ...jsonSwitches(form),
    afterwards: 'hermes reads its jobs at each of its ticks, so it needs no restart.',
  },
};

function read(fields: Fields, profile: string | null, context: ReadingContext, source: string): ReadTask {
  if (fields['no_agent'] === true)
    throw new Unsaid(`It runs the script ${idOf(fields['script'])} without an agent. Create a command for it here.`);
  const prompt = requiredText(fields['prompt'], 'prompt');
  const schedules = [scheduleOf((fields['schedule'] ?? {}) as Fields, fields, context)].flat();
  const folder = textOf(fields['workdir'], 'workdir');
  const model = textOf(fields['model'], 'model');
  const left = runsLeft((fields['repeat'] ?? {}) as Fields, schedules);
  return {
    ...{ source, name: (textOf(fields['name'], 'name') ?? requiredText(fields['id'], 'id')).slice(0, 200) },
    ...{ schedules, tool: 'agent:run' },
    parameters: {
      ...{ agent: 'command', prompt },
      command: ['hermes', ...(profile === null ? [] : ['-p', profile]), 'chat', '-q', '{prompt}'],
    },
    ...(folder === null ? {} : { workingDirectory: folder }),
    ...(left === null ? {} : { maxExecutions: left }),
    notes: [
      ...lostOf(fields).map((what) => `Not imported: ${what}.`),
      ...(model === null ? [] : [`It used the model ${model}. Here hermes uses its own setting.`]),
      ...clockChangeNotes(schedules, context.nowMs, 'hermes'),
    ],
  };
}

function scheduleOf(schedule: Fields, job: Fields, { timezone, nowMs }: ReadingContext): ScheduleSpec | ScheduleSpec[] {
  switch (schedule['kind']) {
    case 'cron':
      return cronSchedules(requiredText(schedule['expr'], 'schedule.expr'), timezone);
    case 'interval': {
      const fromMs = instantOf(job['next_run_at']) ?? instantOf(job['created_at']) ?? nowMs;
      return sayable(() => intervalSpec(Number(schedule['minutes']), fromMs, timezone));
    }
    case 'once': {
      const atMs = instantOf(schedule['run_at']);
      if (atMs !== null) return { kind: 'once', atMs, timezone };
      throw new Unsaid('Its date cannot be read.');
    }
    default:
      throw new Unsaid(`Its kind of schedule, "${String(schedule['kind'])}", is not known here.`);
  }
}

/** Returns how often the job still runs; null for no limit. A date runs once anyway. */
function runsLeft({ times, completed }: Fields, schedules: readonly ScheduleSpec[]): number | null {
  if (typeof times !== 'number' || schedules.every(({ kind }) => kind === 'once')) return null;
  const left = times - (typeof completed === 'number' ? completed : 0);
  if (left < 1) throw new Unsaid(`It has already run all of its ${times} times.`);
  return left;
}

function lostOf(fields: Fields): string[] {
  const skills = textsOf(fields['skills']);
  const deliver = fields['deliver'];
  return [
    ...(skills.length === 0 ? [] : [`the skills ${skills.join(', ')}`]),
    ...(typeof fields['script'] === 'string' && fields['script'] !== ''
      ? [`the script ${fields['script']} before it`]
      : []),
    ...(typeof deliver === 'string' && deliver !== '' && deliver !== 'local'
      ? [`the delivery to ${deliver}; docs/alerts.md shows how to get alerts`]
      : []),
    ...(textsOf(fields['context_from']).length === 0 ? [] : ['the output of other jobs in its prompt']),
  ];
}
