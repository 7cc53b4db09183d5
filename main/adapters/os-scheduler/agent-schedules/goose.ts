import { join } from 'node:path';
import { parse as parseYaml } from 'yaml';
import { refuseDeepYaml } from '../../files/yaml-depth.ts';
import { baseFolder } from '../../files/base-folder.ts';
import { messageOf } from '../../../domain/errors.ts';
import type { ReadTask } from '../../../ports/import-files.ts';
import { readIfThere } from '../files.ts';
import { clockChangeNotes, Unsaid } from '../reading/reading.ts';
import type { ReadingContext } from '../reading/reading.ts';
import { existing } from './files.ts';
import { itemsOf, jsonSwitches } from './json-list.ts';
import type { JsonListForm } from './json-list.ts';
import type { ProgramPerson, ScheduleProgram } from './schedule-program.ts';
import { cronSchedules, idOf, requiredText, textOf } from './schedules-of.ts';

const form: JsonListForm = { list: [], off: { paused: true } };
type Fields = Readonly<Record<string, unknown>>;

/**
 * goose's scheduler: a list of jobs, each with a copy of its recipe. The form is `ScheduledJob` of
 * crates/goose/src/scheduler.rs in https://github.com/block/goose; the recipes are described in
 * https://block.github.io/goose/docs/guides/recipes/recipe-reference.
 */
export const goose: ScheduleProgram = {
  title: 'goose',
  // Earlier versions called it schedules.json.
  files: (person) =>
    existing(['schedule.json', 'schedules.json'].map((name) => join(dataFolder(person), name))).map((path) => ({
      path,
      place: null,
    })),
  schedules: (text) =>
    itemsOf(text, form).map((fields) => {
      const id = idOf(fields['id']);
      const definition = { id, source: fields['source'], cron: fields['cron'], paused: fields['paused'] };
      return {
        ...{ id, name: id, isOn: fields['paused'] !== true, definition },
        read: (context, source) => read(fields, context, source),
      };
    }),
  switches: {
    ...jsonSwitches(form),
    afterwards: 'Quit goose and start it again: it reads its schedules only when it starts.',
  },
};

/** As the library `etcetera` chooses it: the XDG folders on every Unix. */
function dataFolder({ platform, homeDir, env }: ProgramPerson): string {
  if (platform === 'win32')
    return join(env['APPDATA'] ?? join(homeDir, 'AppData', 'Roaming'), 'Block', 'goose', 'data');
  return join(baseFolder(env['XDG_DATA_HOME'], join(homeDir, '.local', 'share')), 'goose');
}

function read(fields: Fields, context: ReadingContext, source: string): ReadTask {
  const path = requiredText(fields['source'], 'source');
  const recipe = recipeIn(path);
  const prompt = [textOf(recipe['instructions'], 'instructions'), textOf(recipe['prompt'], 'prompt')]
    .flatMap((text) => text?.trim() ?? [])
    .join('\n\n');
  if (prompt === '') throw new Unsaid('Its recipe has neither instructions nor a prompt.');
  if (prompt.includes('{{')) throw new Unsaid('Its recipe has parameters, and a task gives it no values for them.');
  const schedules = cronSchedules(requiredText(fields['cron'], 'cron'), context.timezone);
  const description = textOf(recipe['description'], 'description');
  const model = (recipe['settings'] as Fields | undefined)?.['goose_model'];
  const lost = ['extensions', 'sub_recipes', 'response', 'retry'].filter((name) => recipe[name] !== undefined);
  return {
    source,
    name: (textOf(recipe['title'], 'title') ?? requiredText(fields['id'], 'id')).slice(0, 200),
    ...(description === null ? {} : { description }),
    ...{ schedules, tool: 'agent:run' },
    parameters: { agent: 'goose', prompt, ...(typeof model === 'string' && { model }) },
    notes: [
      ...(lost.length === 0 ? [] : [`Not imported from its recipe: ${lost.join(', ')}. goose uses its own settings.`]),
      'Early versions of goose counted its times in UTC. Check the next run.',
      ...clockChangeNotes(schedules, context.nowMs, 'goose'),
    ],
  };
}

/** @throws Unsaid */
function recipeIn(path: string): Fields {
  const text = readIfThere(path);
  if (text === null) throw new Unsaid(`Its recipe is missing: ${path} does not exist.`);
  try {
    refuseDeepYaml(text);
    const value: unknown = parseYaml(text, { logLevel: 'error' });
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  } catch (problem) {
    throw new Unsaid(`Its recipe ${path} cannot be read: ${messageOf(problem)}`);
  }
  throw new Unsaid(`Its recipe ${path} is no recipe: it has no fields.`);
}
