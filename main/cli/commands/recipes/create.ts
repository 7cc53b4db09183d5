import { readRecipe } from '../../../contract/recipes/recipe.ts';
import type { Recipe } from '../../../contract/recipes/recipe.ts';
import { recipesOn } from '../../../contract/recipes/recipes.ts';
import { SchedulerError } from '../../../domain/errors.ts';
import { withChoices } from '../../../application/tools/tool-choices.ts';
import { defineCommand } from '../../command.ts';
import { flag, invalid, list, required, text } from '../../option.ts';
import { describeCreated } from '../../text/describe-task.ts';
import { definitionOptions, saveAnyway, savingOptions } from '../task-options.ts';

export const recipesCreateCommand = defineCommand({
  name: 'recipes create',
  summary: 'Create a task from a recipe.',
  description:
    'The recipe sets the command, the schedule, the time limit and what counts as success. Change any of it later with `update`.',
  positionals: { recipe: required(text('Name of the recipe, as `recipes list` shows it.', 'RECIPE')) },
  options: {
    set: list('Fill in a field of the recipe. Can be repeated.', 'FIELD=VALUE'),
    name: text('Name of the task. Default: made from the fields.', 'NAME'),
    schedule: text('When it runs, instead of the schedule of the recipe.', 'PHRASE'),
    timezone: definitionOptions.timezone,
    paused: flag('Create the task paused.'),
    ...savingOptions,
  },
  answers: 'task, timing, nextRuns (5), warnings, usage, as for `create`.',
  examples: [
    {
      line: 'recipes create restic-backup --set folder=~/Documents --set repository=/mnt/backup/restic',
      does: 'back up a folder every night',
    },
    { line: 'recipes create ping-url --set url=https://example.org', does: 'check a site every five minutes' },
  ],
  run: async (context, args) => {
    const recipe = recipeNamed(args.recipe, context.environment.platform);
    const reading = readRecipe(recipe, valuesOf(args.set ?? []));
    if (!reading.ok) {
      const message = reading.problems.map((problem) => problem.message).join(' ');
      throw new SchedulerError('usage/invalid-value', `${recipe.name}: ${message}`, { fields: reading.problems });
    }
    const { name, schedule, timezone } = args;
    const draft = {
      ...reading.task,
      ...(name === undefined ? {} : { name }),
      ...(schedule === undefined ? {} : { schedule }),
      ...(timezone === undefined ? {} : { timezone }),
      ...(args.paused ? { active: false } : {}),
    };
    const tasks = await (await context.application()).tasks();
    try {
      const options = { installEntry: !args['no-os'], validate: !args['skip-validation'] };
      return await tasks.create(draft, 'cli', options);
    } catch (error) {
      throw withChoices(error, saveAnyway);
    }
  },
  text: describeCreated,
});

function recipeNamed(name: string, platform: string): Recipe {
  const all = recipesOn(platform);
  const found = all.find((recipe) => recipe.name === name);
  if (found !== undefined) return found;
  const names = all.map((recipe) => recipe.name);
  throw invalid('RECIPE', name, `one of ${names.join(', ')}`, { allowed: names });
}

function valuesOf(pairs: readonly string[]): Record<string, string> {
  const entries = pairs.map((pair) => {
    const [, name, value] = /^([^=]+)=([^]*)$/.exec(pair) ?? [];
    if (name === undefined || value === undefined) {
      throw invalid('--set', pair, 'FIELD=VALUE, for example folder=~/Documents');
    }
    return [name, value] as const;
  });
  return Object.fromEntries(entries);
}
