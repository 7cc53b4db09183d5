import type { TaskSketch } from '../pasted-task.ts';

/** One thing that a recipe asks for. */
export interface RecipeField {
  /** Its name in `--set NAME=VALUE`. */
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  /** A value that a person could enter. */
  readonly example: string;
  /** True if it may stay empty. @default false */
  readonly isOptional?: boolean;
  /** `tool`: a tool of a configured MCP server. `folder`: a directory of this machine. */
  readonly kind: 'text' | 'folder' | 'tool';
  /** Returns what the value must be, as the end of a sentence that begins with the label; null if it is right. */
  readonly problem: (value: string) => string | null;
}

/** The values of a recipe's fields by name, trimmed. A field that was left empty is an empty text. */
type RecipeValues = Readonly<Record<string, string>>;

/** A task that works once one or two fields are filled in. */
export interface Recipe {
  /** Its name in the command line. */
  readonly name: string;
  readonly title: string;
  /** What the task does, in one sentence. */
  readonly does: string;
  /** What must be there before the first run; null if nothing. */
  readonly needs: string | null;
  /** When a run counts as success, in one sentence. */
  readonly succeeds: string;
  /** False if its command needs a POSIX shell, which Windows does not have. */
  readonly runsOnWindows: boolean;
  readonly fields: readonly [RecipeField] | readonly [RecipeField, RecipeField];
  /** Returns the task. The values have been checked. */
  readonly task: (values: RecipeValues) => RecipeTask;
}

/** The task of a recipe: everything is set but the time zone, which is that of the machine. */
export type RecipeTask = Omit<TaskSketch, 'timezone'>;

export type RecipeReading =
  | { readonly ok: true; readonly task: RecipeTask }
  | { readonly ok: false; readonly problems: readonly { readonly field: string; readonly message: string }[] };

/** Returns the task that the recipe makes of these values, or what is wrong with each field. */
export function readRecipe(recipe: Recipe, given: Readonly<Record<string, string>>): RecipeReading {
  const values = Object.fromEntries(recipe.fields.map(({ name }) => [name, (given[name] ?? '').trim()]));
  const problems = recipe.fields.flatMap((field) => {
    const message = problemOf(field, values[field.name] ?? '');
    return message === null ? [] : [{ field: field.name, message }];
  });
  const known = recipe.fields.map(({ name }) => name);
  for (const name of Object.keys(given)) {
    if (known.includes(name)) continue;
    problems.push({ field: name, message: `The recipe has no field "${name}". Its fields: ${known.join(', ')}.` });
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, task: recipe.task(values) };
}

function problemOf({ label, example, isOptional, problem }: RecipeField, value: string): string | null {
  if (value === '') return isOptional === true ? null : `${label} is missing, for example ${example}.`;
  const must = problem(value);
  return must === null ? null : `${label} ${must}`;
}
