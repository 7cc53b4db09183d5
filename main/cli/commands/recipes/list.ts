import { recipesOn } from '../../../contract/recipes/recipes.ts';
import { defineCommand } from '../../command.ts';
import { blocks } from '../../text/describe-task.ts';

export const recipesListCommand = defineCommand({
  name: 'recipes list',
  reads: true,
  summary: 'List the recipes: tasks that work once one or two fields are filled in.',
  positionals: {},
  options: {},
  answers: 'recipes: name, title, does, needs, succeeds, fields (name, label, hint, example, isOptional).',
  examples: [{ line: 'recipes list', does: 'list the recipes and their fields' }],
  run: (context) =>
    Promise.resolve({
      recipes: recipesOn(context.environment.platform).map(({ name, title, does, needs, succeeds, fields }) => ({
        ...{ name, title, does, needs, succeeds },
        fields: fields.map(({ name: field, label, hint, example, isOptional = false }) => ({
          ...{ name: field, label, hint, example, isOptional },
        })),
      })),
    }),
  text: ({ recipes }, view) =>
    blocks(
      ...recipes.map(({ name, title, does, needs, fields }) =>
        [
          `${view.style('bold', name)}  ${title}`,
          `  ${does}`,
          ...(needs === null ? [] : [`  Needs: ${needs}`]),
          ...fields.map(({ name: field, hint, example }) => `  --set ${field}=…  ${hint} Example: ${example}`),
        ].join('\n'),
      ),
    ),
});
