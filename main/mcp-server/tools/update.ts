import { z } from 'zod';
import { cliResults } from '../../contract/cli.ts';
import { definedOf } from '../../domain/defined.ts';
import { SchedulerError } from '../../domain/errors.ts';
import { defineChangeTool } from '../change-tool.ts';
import { waitSeconds } from '../bounded-wait.ts';
import { changes } from '../own-tool.ts';
import { withOwnSecrets } from '../hidden-fields.ts';
import { asInCreate, definitionShape, instantOf, jobId } from '../parameters.ts';
import { changedPolicies, mergedPolicies } from '../policies.ts';
import { lines, quoted, runText, taskLine } from '../answers/text.ts';
import { boundedAnswer } from '../answers/whole.ts';

const { policies: _asNew, ...described } = definitionShape;
const schedule = definitionShape.schedule.describe('As in create, for example "every weekday at 9am".');

const clearable = asInCreate({
  description: definitionShape.description.nullable(),
  fireOnce: definitionShape.fireOnce.nullable(),
  maxExecutions: definitionShape.maxExecutions.nullable(),
  startDate: definitionShape.startDate.nullable(),
  endDate: definitionShape.endDate.nullable(),
  workingDirectory: definitionShape.workingDirectory.nullable(),
  env: definitionShape.env.nullable(),
  tags: definitionShape.tags.nullable(),
});

export const updateTool = defineChangeTool({
  name: 'update',
  title: 'Change a task',
  description:
    'Changes only the given fields; null clears an optional one. parameters and env are replaced as a whole; policies that are not given stay. Send [hidden:1] back where you read it to keep a secret.',
  input: z.strictObject({
    job_id: jobId,
    ...z.strictObject({ ...asInCreate(described), ...clearable, schedule, policies: changedPolicies }).partial().shape,
    testRun: z
      .boolean()
      .optional()
      .describe('Run the changed task once first, and change it only if the run succeeds.'),
    wait: waitSeconds,
    skipValidation: z.boolean().optional().describe('As in create.'),
  }),
  output: cliResults.update.omit({ usage: true }),
  hints: { ...changes, destructiveHint: true, openWorldHint: true },
  waits: ({ testRun, wait }) => (testRun === true ? wait : null),
  change: async (
    { job_id, skipValidation, testRun, wait: _wait, startDate, endDate, policies: given, ...fields },
    context,
  ) => {
    const application = await context.application();
    const start =
      typeof startDate === 'string' ? await instantOf(startDate, 'startDate', 'future', application) : startDate;
    const end = typeof endDate === 'string' ? await instantOf(endDate, 'endDate', 'future', application) : endDate;
    const change = definedOf({ ...fields, startDate: start, endDate: end });
    if (Object.keys(change).length === 0 && given === undefined) {
      throw new SchedulerError('usage/nothing-to-change', 'update needs at least one field to change besides job_id.');
    }
    const tasks = await application.tasks();
    const { task } = await tasks.get(job_id);
    const policies = given === undefined ? {} : { policies: mergedPolicies(task.policies, given) };
    return {
      action: 'update' as const,
      taskId: task.id,
      change: tasks.readChange(withOwnSecrets({ ...change, ...policies }, task), task),
      validate: skipValidation !== true,
      ...(testRun === true && { testRun }),
    };
  },
  answer: (changed) => changed,
  shown: boundedAnswer,
  text: ({ task, warnings, testRun }) =>
    lines(`Changed ${taskLine(task)}.`, [
      ...warnings.map((warning) => `Note: ${quoted(warning)}`),
      ...(testRun === undefined ? [] : [`Test run: ${runText(testRun)}`]),
    ]),
});
