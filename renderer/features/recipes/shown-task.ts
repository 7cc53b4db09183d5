import { readRecipe } from '../../../main/contract/recipes/recipe.ts';
import type { Recipe, RecipeTask } from '../../../main/contract/recipes/recipe.ts';

/** Returns the task that a recipe makes. What is not typed yet, or is wrong, is taken from the example of its field. */
export function shownTask(recipe: Recipe, values: Readonly<Record<string, string>>): RecipeTask | null {
  const shown = recipe.fields.map(({ name, example, isOptional, problem }): [string, string] => {
    const value = (values[name] ?? '').trim();
    if (value === '') return [name, isOptional === true ? '' : example];
    return [name, problem(value) === null ? value : example];
  });
  const reading = readRecipe(recipe, Object.fromEntries(shown));
  return reading.ok ? reading.task : null;
}
