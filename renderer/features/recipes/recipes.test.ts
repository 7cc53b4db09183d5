import { expect, test } from 'vitest';
import { recipes } from '../../../main/contract/recipes/recipes.ts';
import { readRecipe } from '../../../main/contract/recipes/recipe.ts';
import type { RecipeTask } from '../../../main/contract/recipes/recipe.ts';
import { connect, settle, withFakeTime } from '../../testing/connected-window.ts';
import { readDraft } from '../editor/task-draft.ts';
import { emptyForm, formOfSketch } from '../editor/task-form.ts';
import { shownTask } from './shown-task.ts';

withFakeTime();

const restic = recipes.find(({ name }) => name === 'restic-backup') ?? recipes[0];
const examples = (recipe: (typeof recipes)[number]) =>
  Object.fromEntries(recipe.fields.map(({ name, example }) => [name, example]));

function taskOf(recipe: (typeof recipes)[number]): RecipeTask {
  const reading = readRecipe(recipe, examples(recipe));
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return reading.task;
}

test.each(recipes.map((recipe) => [recipe.name, recipe] as const))(
  '%s: the editor saves exactly the task of the recipe',
  (_, recipe) => {
    const task = taskOf(recipe);
    const draft = readDraft(formOfSketch(emptyForm('UTC'), task));
    expect(draft).toEqual({ ok: true, value: { ...task, timezone: 'UTC' } });
  },
);

test('the preview takes what is missing or wrong from the examples', () => {
  if (restic === undefined) throw new Error('There is no recipe.');
  const command = (values: Record<string, string>) => shownTask(restic, values)?.parameters['command'];
  expect(command({})).toBe('restic --repo /mnt/backup/restic backup ~/Documents');
  expect(command({ folder: ' /srv/a b ', repository: 'wrong' })).toBe(
    "restic --repo /mnt/backup/restic backup '/srv/a b'",
  );
});

test('a recipe creates its task with Undo, which deletes it again', async () => {
  const { commands, stores } = await connect('empty');
  await settle();
  if (restic === undefined) throw new Error('There is no recipe.');
  commands.recipes.open(restic.name);
  expect(await commands.recipes.create(taskOf(restic))).toBeNull();
  await settle();
  expect(stores.navigation.getState().recipe).toBeNull();
  const names = () => stores.schedule.getState().schedule?.tasks.map(({ name }) => name);
  expect(names()).toEqual(['Back up Documents with restic']);
  stores.toasts.getState().toasts.at(-1)?.action?.run();
  await settle();
  expect(names()).toEqual([]);
});

test('a refused task says why and keeps the dialog open', async () => {
  const { commands, stores } = await connect('empty');
  await settle();
  commands.recipes.open(null);
  const task = { name: 'A', schedule: 'no such time', tool: 'shell:run', parameters: { command: 'true' } };
  expect(await commands.recipes.create(task)).toContain('These words were not understood: "no", "such".');
  expect(stores.navigation.getState().recipe).toEqual({ name: null });
});

test('the editor opens filled in, instead of the dialog', async () => {
  const { commands, stores } = await connect('empty');
  await settle();
  if (restic === undefined) throw new Error('There is no recipe.');
  commands.recipes.open(restic.name);
  commands.recipes.edit(taskOf(restic));
  expect(stores.navigation.getState()).toMatchObject({ recipe: null, editor: { kind: 'new', sketch: taskOf(restic) } });
});
